using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>The fixed binarization of MNIST (Salakhutdinov and Murray 2008) in Larochelle's splits.</summary>
internal static class MnistBinarized
{
    private const string Larochelle = "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/";

    /// <summary>The same three files, byte for byte (by their git blob hashes), for the days when the first address does not answer.</summary>
    private const string SylvesterFlows = "https://github.com/riannevdberg/sylvester-flows/raw/32dde9b7d696fee94f946a338182e542779eecfe/data/MNIST_static/";

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = "mnist-binarized",
        Title = "MNIST digits, one fixed binary sample, Larochelle's splits",
        Kind = ValueKind.Bits,
        Shape = [784],
        Licence = "as MNIST; none stated",
        Splits =
        [
            File(Split.Train, 50_000, 0.130562, "43490d4d6ac9002727af4426d8748609fdb7e4094fa65ad8d681ea60082a7a5a", "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d"),
            File(Split.Valid, 10_000, 0.131127, "069b4f0beb389b776478c3e872b4df71c95ac4be64d7cbe6d32e24ebac8e6d5e", "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2"),
            File(Split.Test, 10_000, 0.132512, "ca0294c3b8d984c7a1dc891015a8eea6f37bae59a34e35ea0fc8c47110a8dd86", "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c"),
        ],
        Disjoint = Disjointness.Examples,
        Caveat = "The rows of the test split are sorted by digit, as in the original.",
    };

    private static SplitEntry File(Split split, long count, double mean, string sha256, string textSha256)
    {
        string part = split.ToString().ToLowerInvariant();
        return SplitEntry.Whole(split, new DataFile
        {
            Name = $"binarized_mnist.{part}",
            Shape = [count, 784],
            Sha256 = sha256,
            Sources =
            [
                Source.Mirror($"binarized_mnist.{part}.npy.gz", new NpyDecoder()),
                Source.Official($"{Larochelle}binarized_mnist_{part}.amat", $"sha256:{textSha256}", new BitTextDecoder(' ')),
                Source.Official($"{SylvesterFlows}binarized_mnist_{part}.amat", $"sha256:{textSha256}", new BitTextDecoder(' ')),
            ],
        }, mean);
    }
}
