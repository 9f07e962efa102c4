using System.IO.Compression;
using System.Runtime.InteropServices;
using Replications.Datasets.Formats;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>Bits kept as float32 0 and 1 in a .npz, a zip of .npy files.</summary>
/// <param name="Member">Name of the array.</param>
internal sealed record NpzBitsDecoder(string Member) : Decoder
{
    public override byte[] Decode(string path, DataFile file)
    {
        string name = $"{Path.GetFileName(path)}: {Member}";
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            ZipArchiveEntry entry = zip.GetEntry($"{Member}.npy") ?? throw new DataException(name, "there is no such array");
            using Stream stream = entry.Open();
            DataArray floats = NpyReader.Read(stream, name, sizeof(float) * file.Bytes);
            if (floats.Type is not ElementType.Float32)
                throw new DataException(name, $"holds {floats.Type}, expected Float32");
            return Require(floats with { Type = ElementType.UInt8, Bytes = Bits(floats.Bytes, name) }, name, file);
        }
        catch (InvalidDataException e)
        {
            throw new DataException(name, $"damaged or truncated: {e.Message}", e);
        }
    }

    private static byte[] Bits(byte[] bytes, string name)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(bytes);
        byte[] bits = new byte[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = values[i] switch
            {
                0f => 0,
                1f => 1,
                float other => throw new DataException(name, FormattableString.Invariant($"holds {other}, expected 0 or 1")),
            };
        }

        return bits;
    }
}
