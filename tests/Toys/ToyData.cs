using System.Security.Cryptography;
using Replications.Datasets;
using static TorchSharp.torch;

namespace Replications.Toys;

/// <summary>A few bits of eight dimensions, each the noisy copy of one of four patterns.</summary>
public static class ToyData
{
    public const string Id = "toy-bits";
    public const long Dimensions = 8;

    /// <summary>The data set.</summary>
    public static DataSet Make(Device device)
    {
        var examples = new Dictionary<Split, Tensor>
        {
            [Split.Train] = Bits(1, 60, device),
            [Split.Valid] = Bits(2, 30, device),
            [Split.Test] = Bits(3, 30, device),
        };
        return new DataSet(Id, examples) { Sources = [.. examples.Select(e => new SplitSource(Id, e.Key, e.Value.shape[0], Hash(e.Value)))] };
    }

    internal static DataSet Open(string id, string? mirror, Device device, Action<string> say, CancellationToken stop) => Make(device);

    private static Tensor Bits(int seed, int count, Device device)
    {
        var random = new Random(seed);
        byte[] bits = new byte[count * Dimensions];
        for (int i = 0; i < bits.Length; i++)
        {
            int pattern = i / (int)Dimensions % 4;
            bool bit = (i % Dimensions + pattern) % 4 < 2;
            bits[i] = (byte)(bit ^ (random.NextDouble() < 0.1) ? 1 : 0);
        }

        return tensor(bits, device: device).view(count, Dimensions);
    }

    private static string Hash(Tensor bits) => Convert.ToHexStringLower(SHA256.HashData(bits.cpu().bytes));
}
