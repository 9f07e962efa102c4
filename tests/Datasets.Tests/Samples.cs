using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Replications.Datasets.Tests;

/// <summary>Small sound files, written by other code than that under test, for tests to damage.</summary>
internal static class Samples
{
    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }

    public static byte[] Idx(long[] shape, byte[] content)
    {
        byte[] header = new byte[4 + (4 * shape.Length)];
        header[2] = 8;
        header[3] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), (uint)shape[i]);
        return [.. header, .. content];
    }

    public static byte[] Npy(string descr, string shape, byte[] content, string order = "False")
    {
        string text = $"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}";
        text = text.PadRight(((text.Length + 10) / 64 * 64) + 64 - 11) + "\n";
        byte[] header = new byte[10];
        Encoding.Latin1.GetBytes("\u0093NUMPY\u0001\0").CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)text.Length);
        return [.. header, .. Encoding.Latin1.GetBytes(text), .. content];
    }

    public static byte[] Tar(params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return archive.ToArray();
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Numbered bytes, so that nothing is symmetric by accident.</summary>
    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 37) + (i / 7)))];
}
