using Replications.Datasets.Decoding;
using Replications.Datasets.Formats;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>The pictures of BSDS300 (Martin et al. 2001) in grey, whole: patches are cut by whoever needs them.</summary>
internal static class Bsds300Gray
{
    private const int Pixels = 321 * 481;

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "bsds300-gray",
        Title = "BSDS300 pictures, 481 x 321 or 321 x 481 grey, row-major",
        Kind = ValueKind.Pixels,
        Shape = [Pixels],
        Licence = "non-commercial research and education",
        Splits =
        [
            Pictures(Split.Train, 200, 110.094591, "c985a7291cece1d8ba9a4dfeb63ec45851241fe611341bf19c6c25caaabccfdb", "fec497bd07252e7b6846f84e79859fa87508678652013b59f9f011d88e00923d"),
            Pictures(Split.Test, 100, 108.085131, "d3a9ae31743d370afe01fb70f22b61a7c2db93be5814d7739ec279e88589d98b", "c288be910d09f97301ba58cd374a715bee993234fc6fb03b8c77fefdf5fae78f"),
        ],
        Disjoint = Disjointness.Examples,
        Labels = "height, width",
        Caveat = "Source pictures, not the patches of Papamakarios et al., which were random draws and cannot be cut again.",
    };

    private static SplitEntry Pictures(Split split, long count, double mean, string sha256, string sizesSha256)
    {
        string part = split.ToString().ToLowerInvariant();
        return SplitEntry.Whole(
            split, File(part, ElementType.UInt8, [count, Pixels], sha256), mean, File($"{part}_hw", ElementType.Int32, [count, 2], sizesSha256));
    }

    private static DataFile File(string part, ElementType type, long[] shape, string sha256) => new()
    {
        Name = $"bsds300_gray.{part}",
        Type = type,
        Shape = shape,
        Sha256 = sha256,
        Sources =
        [
            Source.Mirror($"bsds300_gray.{part}.npy.gz", new NpyDecoder()),
            Source.NotRead("https://github.com/BIDS/BSDS500/tree/a04b7c6c3a9f0ace74bf205c72a43d32e1c72722/BSDS500/data/images", "JPEG files"),
        ],
    };
}
