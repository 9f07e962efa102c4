using System.Runtime.InteropServices;
using Replications.Datasets.Formats;
using Replications.Datasets.Registry;
using TorchSharp;

namespace Replications.Datasets.Loading;

/// <summary>From verified bytes to tensors on a device.</summary>
internal static class Residence
{
    /// <summary>Examples as <c>[N, ...]</c>: bytes stay bytes, real numbers are float32.</summary>
    public static torch.Tensor Examples(SplitBytes split, IReadOnlyList<long> shape, torch.Device device)
    {
        long[] dimensions = [split.Entry.Count, .. shape];
        return split.Entry.Examples.Type switch
        {
            ElementType.UInt8 => torch.tensor(split.Examples, dimensions, device: device),
            ElementType.Float32 => torch.tensor(MemoryMarshal.Cast<byte, float>(split.Examples).ToArray(), dimensions, device: device),
            ElementType type => throw new DataException(split.Entry.Examples.Name, $"examples of type {type} are not read"),
        };
    }

    /// <summary>Labels as int64 <c>[N]</c>, or <c>[N, columns]</c> when there are several.</summary>
    public static torch.Tensor Labels(SplitBytes split, torch.Device device)
    {
        DataFile file = split.Entry.Labels!;
        byte[] bytes = split.Labels!;
        long[] labels = file.Type switch
        {
            ElementType.UInt8 => Array.ConvertAll(bytes, b => (long)b),
            ElementType.Int32 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), i => (long)i),
            ElementType type => throw new DataException(file.Name, $"labels of type {type} are not read"),
        };
        long[] dimensions = [split.Entry.Count, .. file.Shape.Skip(1)];
        return torch.tensor(labels, dimensions, device: device);
    }
}
