using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>Caltech-101 silhouettes, 28 x 28, split 1 (Marlin et al. 2010).</summary>
internal static class CaltechSilhouettes
{
    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "caltech101-silhouettes",
        Title = "Caltech-101 silhouettes, 28 x 28 binary",
        Kind = ValueKind.Bits,
        Shape = [784],
        Licence = "none stated (Marlin et al. 2010)",
        Splits =
        [
            Rows(Split.Train, 4_100, 0.551055, "4e667900732526e6c757b385151c31812ec071b1e833dcad1f10cbe9c12e9a96", "ceea4e4868a5be4e79438fa7a7e3379fa03bb0aebc9753af708a9aeb3c35d44a"),
            Rows(Split.Valid, 2_264, 0.535959, "d31899cd9a8421bad5500bdfa166ea93b6490c6f67abbd09826603751801628d", "facd8da6a7aeeb9cf52a9d00bd6c384cdcf8dc416ed8f812acab132f092b4846"),
            Rows(Split.Test, 2_307, 0.539015, "caf9bfb9732aced2ed6d7cfb7bf678eb933622574c87a3ce159a3c76dcb2b722", "ef8b3a783543c23ebbf7b0a4bd128f753de31b31a4decfcdf4a066ef850f5489"),
        ],
        Labels = "kind of object, 1 to 101",
        Caveat = "1 is background and 0 object, as in the original file; some code uses 1 - x.",
    };

    private static SplitEntry Rows(Split split, long count, double mean, string sha256, string labelsSha256)
    {
        string part = split.ToString().ToLowerInvariant();
        return SplitEntry.Whole(split, File(part, [count, 784], sha256), mean, File($"{part}_labels", [count], labelsSha256));
    }

    private static DataFile File(string part, long[] shape, string sha256) => new()
    {
        Name = $"caltech101_silhouettes.{part}",
        Shape = shape,
        Sha256 = sha256,
        Sources =
        [
            Source.Mirror($"caltech101_silhouettes.{part}.npy.gz", new NpyDecoder()),
            Source.NotRead("https://people.cs.umass.edu/~marlin/data/caltech101_silhouettes_28_split1.mat", "MATLAB files"),
        ],
    };
}
