using Replications.Datasets.Registry;
using TorchSharp;

namespace Replications.Datasets;

/// <summary>A data set in memory: whole splits as tensors on one device, verified.</summary>
public sealed class DataSet : IDisposable
{
    private readonly Dictionary<Split, torch.Tensor> _examples;
    private readonly Dictionary<Split, torch.Tensor> _labels;
    private readonly ValueKind? _kind;

    /// <summary>Takes over the tensors given.</summary>
    /// <param name="id">Registry id, for example <c>mnist-binarized</c>.</param>
    /// <param name="examples">Examples by split, <c>[N, ...]</c>: uint8 for pixels and bits, float32 otherwise.</param>
    /// <param name="labels">Labels by split, <c>[N]</c> or <c>[N, columns]</c> int64; empty where there are none.</param>
    public DataSet(string id, IReadOnlyDictionary<Split, torch.Tensor> examples, IReadOnlyDictionary<Split, torch.Tensor>? labels = null)
    {
        Id = id;
        _examples = examples.ToDictionary(p => p.Key, p => p.Value.DetachFromDisposeScope());
        _labels = labels?.ToDictionary(p => p.Key, p => p.Value.DetachFromDisposeScope()) ?? [];
    }

    /// <summary>Registry id.</summary>
    public string Id { get; }

    /// <summary>What the values are. Unless said otherwise, bytes are bits and all else is real.</summary>
    public ValueKind Kind
    {
        get => _kind ?? (_examples.Values.First().dtype == torch.ScalarType.Byte ? ValueKind.Bits : ValueKind.Real);
        init => _kind = value;
    }

    /// <summary>What was read, by split; empty for data that were made up.</summary>
    public IReadOnlyList<SplitSource> Sources { get; init; } = [];

    /// <summary>Splits there are.</summary>
    public IEnumerable<Split> Splits => _examples.Keys.Order();

    /// <summary>Shape of one example, for example <c>[3, 32, 32]</c>.</summary>
    public long[] Shape => _examples.Values.First().shape[1..];

    /// <summary>Values in one example: the product of its shape.</summary>
    public long Dimensions => Shape.Aggregate(1L, (product, axis) => product * axis);

    /// <summary>Whole split, <c>[N, ...]</c>. Owned by the data set; do not dispose.</summary>
    /// <exception cref="ArgumentException">The data set has no such split.</exception>
    public torch.Tensor Examples(Split split) =>
        _examples.TryGetValue(split, out torch.Tensor? t) ? t : throw new ArgumentException($"data set '{Id}' has no {split} split", nameof(split));

    /// <summary>Labels of a split, <c>[N]</c> or <c>[N, columns]</c> int64. Owned by the data set; do not dispose.</summary>
    /// <exception cref="ArgumentException">The split has no labels.</exception>
    public torch.Tensor Labels(Split split) =>
        _labels.TryGetValue(split, out torch.Tensor? t) ? t : throw new ArgumentException($"data set '{Id}' has no labels for its {split} split", nameof(split));

    /// <summary>Refuses labels that name a class which is not among so many.</summary>
    /// <param name="classes">Classes, numbered from 0.</param>
    /// <exception cref="ArgumentException">A split has no labels, or one out of range; the message says which.</exception>
    public void RequireClasses(int classes)
    {
        foreach (Split split in Splits)
        {
            using torch.Tensor least = Labels(split).min(), most = Labels(split).max();
            if (least.ToInt64() < 0 || most.ToInt64() >= classes)
                throw new ArgumentException($"labels of the {split} split of data set '{Id}' go from {least.ToInt64()} to {most.ToInt64()}, and there are to be {classes} classes", nameof(classes));
        }
    }

    /// <summary>Number of examples in a split.</summary>
    public long Count(Split split) => Examples(split).shape[0];

    /// <summary>Places of some examples in even steps from the first one on: files sorted by class, as the test split of binarized MNIST is, show all of theirs.</summary>
    /// <param name="split">Split.</param>
    /// <param name="count">How many; as many as the split has where it has fewer.</param>
    /// <returns><c>[count]</c> int64, on the examples' device; lives in the caller's scope.</returns>
    public torch.Tensor EvenlySpaced(Split split, long count)
    {
        torch.Tensor all = Examples(split);
        long n = Math.Min(count, all.shape[0]);
        return torch.arange(n, torch.ScalarType.Int64, all.device).mul_(all.shape[0] / Math.Max(1, n));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor t in _examples.Values.Concat(_labels.Values))
            t.Dispose();
    }
}
