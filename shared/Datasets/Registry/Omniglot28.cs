using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>All 32,460 drawings of Omniglot (Lake et al. 2015) reduced to 28 x 28 grey by a rule of our own.</summary>
internal static class Omniglot28
{
    private const string Repository = "https://github.com/brendenlake/omniglot/raw/057f034baf2ecb8530bc5710e5a23584d2a519cc/python/";

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "omniglot28",
        Title = "Omniglot, 28 x 28 grey, drawers 1 to 15 to train, 16 to 20 to test",
        Kind = ValueKind.Pixels,
        Shape = [1, 28, 28],
        Licence = "MIT, Brenden Lake",
        Splits =
        [
            Rows(Split.Train, 24_345, 20.593367, "d795e3210ca2fd65c7e727f95ced2c03894ca63968324f2331af7ab3afccad04", "cd2051dd7140fda775a1c9649d8613a27210e60143adea0c1bf9ad1aa857ec1d"),
            Rows(Split.Test, 8_115, 20.344364, "f5525c3d277aac6e694704eac871b8f11339859ec8bdcc7a4a1210a495eb278a", "2160455c8563bbd6efe3ef0d8a308e3fae0a8832fcfe8dd6041392186cecb88b"),
        ],

        // Character and drawer name a drawing; two drawings of different people are equal to the pixel.
        Disjoint = Disjointness.Labels,
        Labels = "alphabet, character from 1, drawer 1 to 20",
        Caveat = "Not the reduction of Burda et al. (chardata.mat): published OMNIGLOT likelihoods do not compare with it.",
    };

    private static SplitEntry Rows(Split split, long count, double mean, string sha256, string labelsSha256)
    {
        string part = split.ToString().ToLowerInvariant();
        return SplitEntry.Whole(split, File(part, [count, 784], sha256), mean, File($"{part}_labels", [count, 3], labelsSha256));
    }

    private static DataFile File(string part, long[] shape, string sha256) => new()
    {
        Name = $"omniglot28.{part}",
        Shape = shape,
        Sha256 = sha256,
        Sources =
        [
            Source.Mirror($"omniglot28.{part}.npy.gz", new NpyDecoder()),
            Source.NotRead($"{Repository}images_background.zip", "with images_evaluation.zip it holds the drawings before our reduction, as PNG of 1 bit"),
        ],
    };
}
