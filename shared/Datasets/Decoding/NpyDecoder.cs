using Replications.Datasets.Formats;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>A .npy file, gzipped or not.</summary>
internal sealed record NpyDecoder : Decoder
{
    /// <summary>The longest header of format 1.0.</summary>
    private const int LongestHeader = 10 + ushort.MaxValue;

    public override byte[] Decode(string path, DataFile file)
    {
        string name = Path.GetFileName(path);
        using MemoryStream stream = new(Payload.Whole(path, file.Bytes + LongestHeader));
        return Require(NpyReader.Read(stream, name, file.Bytes), name, file);
    }
}
