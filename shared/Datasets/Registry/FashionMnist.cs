using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>Fashion-MNIST (Xiao, Rasul, Vollgraf 2017).</summary>
internal static class FashionMnist
{
    private const string Package = "dataset-fashion-mnist=0.0~git20200523.55506a9-1";
    private const string PackageIntegrity = "sha256:39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0";

    private static readonly DataFile TrainImages = File(
        "train-images", "train-images-idx3-ubyte", [60_000, 28, 28],
        "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84");

    private static readonly DataFile TrainLabels = File(
        "train-labels", "train-labels-idx1-ubyte", [60_000],
        "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845");

    private static readonly DataFile TestImages = File(
        "test-images", "t10k-images-idx3-ubyte", [10_000, 28, 28],
        "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073");

    private static readonly DataFile TestLabels = File(
        "test-labels", "t10k-labels-idx1-ubyte", [10_000],
        "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "fashion-mnist",
        Title = "Fashion-MNIST, pictures of clothes, grey",
        Kind = ValueKind.Pixels,
        Shape = [1, 28, 28],
        Licence = "MIT (Expat), Zalando SE",
        Splits =
        [
            SplitEntry.Whole(Split.Train, TrainImages, 72.940352, TrainLabels),
            SplitEntry.Whole(Split.Test, TestImages, 73.146567, TestLabels),
        ],
        Disjoint = Disjointness.Examples,
        Labels = "kind of clothing",
    };

    private static DataFile File(string part, string idx, long[] shape, string sha256, string gzipSha256) => new()
    {
        Name = $"fashion-mnist.{part}",
        Shape = shape,
        Sha256 = sha256,
        Sources =
        [
            Source.Debian(Package, PackageIntegrity, new IdxDecoder($"usr/share/datasets/fashion-mnist/{idx}.gz")),
            Source.Official($"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/{idx}.gz", $"sha256:{gzipSha256}", new IdxDecoder()),
        ],
    };
}
