using System.Buffers.Binary;
using System.IO.Compression;

namespace Replications.Datasets.Formats;

/// <summary>Gzip (RFC 1952), one member per file, checksum and length checked.</summary>
public static class GzipReader
{
    private const int Header = 10;
    private const int Trailer = 8;

    /// <summary>Decompresses a whole file.</summary>
    /// <param name="compressed">The file's bytes.</param>
    /// <param name="file">File, for messages.</param>
    /// <param name="limit">Most bytes it may hold; decompression stops there.</param>
    /// <returns>The decompressed bytes.</returns>
    /// <exception cref="DataException">Not gzip, truncated, damaged, or holding more than <paramref name="limit"/>.</exception>
    public static byte[] Read(byte[] compressed, string file, long limit)
    {
        if (compressed.Length < 2 || compressed[0] != 0x1F || compressed[1] != 0x8B)
            throw new DataException(file, "not a gzip file: it does not begin with 1F 8B");
        if (compressed.Length < Header + Trailer)
            throw new DataException(file, "truncated: shorter than a gzip header and trailer");

        using GZipStream stream = new(new MemoryStream(compressed), CompressionMode.Decompress);
        byte[] bytes = stream.ReadAtMost(limit, file);

        // The stream ends quietly where a file is cut between blocks; the trailer tells.
        ReadOnlySpan<byte> trailer = compressed.AsSpan(compressed.Length - Trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)bytes.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != Crc32.Of(bytes))
        {
            throw new DataException(file, "damaged or truncated: the gzip trailer's checksum or length is not that of the content");
        }

        return bytes;
    }
}
