using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Replications.Datasets.Tests.Formats;

/// <summary>PNG files put together chunk by chunk, with any row filter, by code of its own.</summary>
internal static class PngSamples
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10];

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] length = new byte[4];
        byte[] crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc([.. Encoding.Latin1.GetBytes(type), .. content]));
        return [.. length, .. Encoding.Latin1.GetBytes(type), .. content, .. crc];
    }

    public static byte[] Header(uint width, uint height, byte colour, byte depth = 8, byte interlace = 0)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = depth;
        header[9] = colour;
        header[12] = interlace;
        return Chunk("IHDR", header);
    }

    public static byte[] Zlib(byte[] content)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return compressed.ToArray();
    }

    /// <summary>Row y is filtered by filters[y mod length].</summary>
    public static byte[] Filtered(int rowBytes, int pixel, byte[] pixels, params byte[] filters)
    {
        using MemoryStream rows = new();
        for (int y = 0; y * rowBytes < pixels.Length; y++)
        {
            byte filter = filters[y % filters.Length];
            rows.WriteByte(filter);
            for (int x = 0; x < rowBytes; x++)
            {
                int a = x < pixel ? 0 : pixels[(y * rowBytes) + x - pixel];
                int b = y == 0 ? 0 : pixels[((y - 1) * rowBytes) + x];
                int c = x < pixel || y == 0 ? 0 : pixels[((y - 1) * rowBytes) + x - pixel];
                int[] distances = [Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - c - c)];
                int paeth = new[] { a, b, c }[Array.IndexOf(distances, distances.Min())];
                int predicted = filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth };
                rows.WriteByte((byte)(pixels[(y * rowBytes) + x] - predicted));
            }
        }

        return rows.ToArray();
    }

    /// <summary>CRC-32 bit by bit.</summary>
    public static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int i = 0; i < 8; i++)
                crc = (crc >> 1) ^ (0xEDB88320 * (crc & 1));
        }

        return ~crc;
    }
}
