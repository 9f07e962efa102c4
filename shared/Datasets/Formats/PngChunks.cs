using System.Buffers.Binary;
using System.Text;

namespace Replications.Datasets.Formats;

/// <summary>A PNG file's chunks: length, type, content, CRC-32 of type and content.</summary>
internal static class PngChunks
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Chunks from after the signature up to and including IEND, checksums checked.</summary>
    public static List<(string Type, ReadOnlyMemory<byte> Content)> Read(ReadOnlyMemory<byte> png, string file)
    {
        if (!png.Span.StartsWith(Signature))
            throw new DataException(file, "not a PNG file: the signature is missing");

        List<(string, ReadOnlyMemory<byte>)> chunks = [];
        ReadOnlyMemory<byte> rest = png[Signature.Length..];
        while (true)
        {
            if (rest.Length < 12)
                throw new DataException(file, "truncated: the file ends before its IEND chunk");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
            string type = Encoding.Latin1.GetString(rest.Span.Slice(4, 4));
            if (length > rest.Length - 12)
                throw new DataException(file, FormattableString.Invariant($"truncated: chunk {type} declares {length} bytes, {rest.Length - 12} are left"));

            int size = (int)length;
            if (Crc32.Of(rest.Span.Slice(4, size + 4)) != BinaryPrimitives.ReadUInt32BigEndian(rest.Span[(size + 8)..]))
                throw new DataException(file, $"damaged: the checksum of chunk {type} is wrong");
            chunks.Add((type, rest.Slice(8, size)));
            rest = rest[(size + 12)..];
            if (type != "IEND")
                continue;
            return rest.IsEmpty ? chunks : throw new DataException(file, "oversized: bytes follow the IEND chunk");
        }
    }

    /// <summary>Writes one chunk.</summary>
    public static void Write(Stream stream, string type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)content.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4, 4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        stream.Write(chunk);
    }
}
