using Replications.Datasets.Formats;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>An IDX file, gzipped or not, by itself or inside a package.</summary>
/// <param name="Member">Path inside the package; null for a file by itself.</param>
internal sealed record IdxDecoder(string? Member = null) : Decoder
{
    /// <summary>Four bytes and four per axis, of which there are at most eight.</summary>
    private const int LongestHeader = 36;

    public override byte[] Decode(string path, DataFile file)
    {
        long limit = file.Bytes + LongestHeader;
        byte[] bytes = Member is null ? Payload.Whole(path, limit) : Payload.Members(path, [Member], limit)[0];
        string name = Member ?? Path.GetFileName(path);
        using MemoryStream stream = new(bytes);
        return Require(IdxReader.Read(stream, name, file.Bytes), name, file);
    }
}
