using System.Buffers.Binary;
using System.IO.Compression;

namespace Replications.Datasets.Formats;

/// <summary>PNG with 8 bits per channel, not interlaced, without a palette: grey, grey and alpha, RGB, RGBA.</summary>
public static class PngReader
{
    /// <summary>Reads a picture.</summary>
    /// <param name="png">The file's bytes.</param>
    /// <param name="file">File, for messages.</param>
    /// <param name="limit">Most bytes of pixels.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="DataException">Not PNG, of a kind not read, damaged, truncated or oversized.</exception>
    public static PngImage Read(ReadOnlyMemory<byte> png, string file, long limit)
    {
        List<(string Type, ReadOnlyMemory<byte> Content)> chunks = PngChunks.Read(png, file);
        (int width, int height, int channels) = Header(chunks[0], file);
        int bytes = DataArray.CheckedBytes(file, ElementType.UInt8, [height, width, channels], limit);

        string? unknown = chunks.Select(c => c.Type).FirstOrDefault(t => char.IsAsciiLetterUpper(t[0]) && t is not ("IHDR" or "PLTE" or "IDAT" or "IEND"));
        if (unknown is not null)
            throw new DataException(file, $"needs chunk {unknown}, which is not read");
        if (chunks.Count(c => c.Type == "IHDR") != 1)
            throw new DataException(file, "damaged: more than one IHDR chunk");

        List<ReadOnlyMemory<byte>> data = [.. chunks.Where(c => c.Type == "IDAT").Select(c => c.Content)];
        if (data.Count == 0)
            throw new DataException(file, "damaged: no IDAT chunk");
        using ZLibStream stream = new(new MemoryStream(Join(data), writable: false), CompressionMode.Decompress);
        byte[] pixels = Rows(stream, file, bytes, width * channels, channels);
        stream.RequireEnd(file, "the last row");
        return new PngImage(width, height, channels, pixels);
    }

    private static (int Width, int Height, int Channels) Header((string Type, ReadOnlyMemory<byte> Content) chunk, string file)
    {
        ReadOnlySpan<byte> header = chunk.Content.Span;
        if (chunk.Type != "IHDR" || header.Length != 13)
            throw new DataException(file, "damaged: the first chunk is not an IHDR of 13 bytes");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new DataException(file, FormattableString.Invariant($"declares a size of {width} x {height}"));
        if (header[8] != 8)
            throw new DataException(file, FormattableString.Invariant($"{header[8]} bits per channel are not read; expected 8"));
        if (header[10] != 0 || header[11] != 0 || header[12] != 0)
            throw new DataException(file, "only deflate compression, the standard filters and no interlacing are read");
        int channels = header[9] switch
        {
            0 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            byte other => throw new DataException(file, FormattableString.Invariant($"colour type {other} is not read; expected 0, 2, 4 or 6")),
        };
        return ((int)width, (int)height, channels);
    }

    private static byte[] Rows(Stream stream, string file, int bytes, int rowBytes, int pixel)
    {
        byte[] pixels = new byte[bytes];
        Span<byte> filter = stackalloc byte[1];
        Span<byte> above = new byte[rowBytes];
        for (int at = 0; at < bytes; at += rowBytes)
        {
            Span<byte> row = pixels.AsSpan(at, rowBytes);
            stream.Fill(filter, file, "a row's filter");
            stream.Fill(row, file, "a row");
            PngFilters.Undo(filter[0], row, above, pixel, file);
            above = row;
        }

        return pixels;
    }

    private static byte[] Join(List<ReadOnlyMemory<byte>> parts)
    {
        byte[] joined = new byte[parts.Sum(p => p.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
        }

        return joined;
    }
}
