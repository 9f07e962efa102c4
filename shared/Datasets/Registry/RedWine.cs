using Replications.Datasets.Decoding;
using Replications.Datasets.Formats;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>UCI red wine as RNADE uses it (Uria et al. 2013), not normalised: ten folds, which are the rows in order.</summary>
internal static class RedWine
{
    private const string Name = "redwine.all";

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "redwine",
        Title = "UCI red wine, 11 measurements",
        Kind = ValueKind.Real,
        Shape = [11],
        Licence = "CC BY 4.0 (UCI)",
        Splits =
        [
            SplitEntry.Whole(Split.Train, new DataFile
            {
                Name = Name,
                Type = ElementType.Float32,
                Shape = [1_599, 11],
                Sha256 = "9e464ceed13e93957232dee40d43f43dcae6fb08dff81afd0d82fa81c0a68ffb",
                Sources =
                [
                    Source.Mirror($"{Name}.npy.gz", new NpyDecoder()),
                    Source.NotRead("https://github.com/MarcCote/NADE/raw/a00c11bd23343012453711eb9d4b53614124122f/deepnade/red_wine.hdf5", "HDF5 files"),
                ],
            }, 8.134219),
        ],
        Caveat = "No split of its own: nine folds of 159 rows and a last one of 168, in order.",
    };
}
