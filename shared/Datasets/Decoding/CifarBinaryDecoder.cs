using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>CIFAR-10's official binary files: per image one label byte and 3072 bytes, red, green and blue plane.</summary>
/// <param name="Labels">True for the labels, false for the images.</param>
/// <param name="Members">The files inside the archive, in order.</param>
internal sealed record CifarBinaryDecoder(bool Labels, params IReadOnlyList<string> Members) : Decoder
{
    private const int Image = 3 * 32 * 32;
    private const int Record = 1 + Image;

    public override byte[] Decode(string path, DataFile file)
    {
        long each = file.Shape[0] / Members.Count * Record;
        IReadOnlyList<byte[]> batches = Payload.Members(path, Members, each);
        using MemoryStream decoded = new((int)file.Bytes);
        for (int i = 0; i < batches.Count; i++)
        {
            if (batches[i].Length != each)
                throw new DataException(Members[i], FormattableString.Invariant($"truncated: {batches[i].Length} bytes, expected {each}"));
            for (int at = 0; at < each; at += Record)
                decoded.Write(Labels ? batches[i].AsSpan(at, 1) : batches[i].AsSpan(at + 1, Image));
        }

        return decoded.ToArray();
    }
}
