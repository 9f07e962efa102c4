using System.Buffers.Binary;
using System.IO.Compression;

namespace Replications.Datasets.Formats;

/// <summary>PNG with 8 bits per channel. No time, no text: the same pixels give the same bytes.</summary>
public static class PngWriter
{
    /// <summary>Writes a picture.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="pixels">Row-major, channels together: <c>[height, width, channels]</c>.</param>
    /// <exception cref="ArgumentException">The sizes are not positive, or not those of the pixels.</exception>
    public static void Write(Stream stream, int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        if (width <= 0 || height <= 0 || channels is < 1 or > 4)
            throw new ArgumentException(FormattableString.Invariant($"a picture of {width} x {height} with {channels} channels cannot be written"));
        if (pixels.Length != (long)width * height * channels)
            throw new ArgumentException(FormattableString.Invariant($"{width} x {height} x {channels} pixels wanted, {pixels.Length} bytes given"), nameof(pixels));

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        header[10..].Clear();

        stream.Write(PngChunks.Signature);
        PngChunks.Write(stream, "IHDR", header);
        PngChunks.Write(stream, "IDAT", Compress(pixels, width * channels));
        PngChunks.Write(stream, "IEND", []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowBytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (; !pixels.IsEmpty; pixels = pixels[rowBytes..])
            {
                deflate.WriteByte(0);
                deflate.Write(pixels[..rowBytes]);
            }
        }

        return compressed.ToArray();
    }
}
