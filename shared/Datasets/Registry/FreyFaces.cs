using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>Frey faces (Roweis, Saul, Hinton): one film of one face. The original has no split, so all of it is training data.</summary>
internal static class FreyFaces
{
    private const string Name = "freyfaces.all";

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "freyfaces",
        Title = "Frey faces, 28 x 20 grey",
        Kind = ValueKind.Pixels,
        Shape = [1, 28, 20],
        Licence = "none stated (Roweis)",
        Splits =
        [
            SplitEntry.Whole(Split.Train, new DataFile
            {
                Name = Name,
                Shape = [1_965, 560],
                Sha256 = "2438ba4f0d2a6bd8bac43de756141eaa33c8d248dd613d464bdb1210d9b7af78",
                Sources =
                [
                    Source.Mirror($"{Name}.npy.gz", new NpyDecoder()),
                    Source.NotRead("https://cs.nyu.edu/~roweis/data/frey_rawface.mat", "MATLAB files"),
                ],
            }, 154.460870),
        ],
        Caveat = "No split comes with the data; neighbouring frames are nearly equal.",
    };
}
