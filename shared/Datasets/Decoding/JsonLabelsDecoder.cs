using System.Text.Json;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>Labels as a JSON array of integers 0..255 inside a package.</summary>
/// <param name="Member">Path inside the package.</param>
internal sealed record JsonLabelsDecoder(string Member) : Decoder
{
    /// <summary>Three digits and a comma, and the brackets.</summary>
    private const int MostPerLabel = 4;

    public override byte[] Decode(string path, DataFile file)
    {
        byte[] json = Payload.Members(path, [Member], (file.Bytes * MostPerLabel) + 2)[0];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            byte[] labels = [.. document.RootElement.EnumerateArray().Select(e => e.GetByte())];
            return labels.Length == file.Bytes
                ? labels
                : throw new DataException(Member, FormattableString.Invariant($"holds {labels.Length} labels, expected {file.Bytes}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new DataException(Member, $"not a JSON array of integers 0..255: {e.Message}", e);
        }
    }
}
