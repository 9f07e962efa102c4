using Replications.Datasets.Registry;
using TorchSharp;

namespace Replications.Datasets.Tests.Loading;

/// <summary>Small made-up data sets.</summary>
internal static class Toys
{
    /// <summary>Example i is the byte i, its label is 10 i.</summary>
    public static DataSet Numbered(int count, ValueKind kind = ValueKind.Pixels)
    {
        byte[] examples = [.. Enumerable.Range(0, count).Select(i => (byte)i)];
        long[] labels = [.. Enumerable.Range(0, count).Select(i => 10L * i)];
        long[] shape = [count, 1];
        return new DataSet(
            "toy",
            new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.tensor(examples, shape) },
            new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.tensor(labels) })
        {
            Kind = kind,
        };
    }

    public static torch.Tensor Bytes(long count, byte value) => torch.full([count], value, dtype: torch.ScalarType.Byte);
}
