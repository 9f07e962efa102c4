using TorchSharp;

namespace Replications.Datasets.Loading;

/// <summary>
/// Shuffled minibatches of a split. A batch is a pure function of (seed, epoch, batch): nothing else is remembered, so a
/// resumed run draws what the uninterrupted one would have drawn. The order of the epoch at hand stays on the device.
/// </summary>
public sealed class Batches : IDisposable
{
    private readonly DataSet _data;
    private readonly Split _split;
    private readonly long _seed;
    private torch.Tensor? _order;
    private long _orderEpoch;

    /// <summary>Looks at a split; it must outlive this.</summary>
    /// <param name="data">Data set.</param>
    /// <param name="split">Split, usually the one to train on.</param>
    /// <param name="size">Examples per batch.</param>
    /// <param name="seed">Training seed.</param>
    /// <param name="remainder">What becomes of the last, smaller batch.</param>
    /// <exception cref="ArgumentException">There would be no batch at all.</exception>
    public Batches(DataSet data, Split split, int size, long seed, Remainder remainder = Remainder.Kept)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _data = data;
        _split = split;
        _seed = seed;
        Size = size;
        Count = data.Count(split);
        PerEpoch = remainder is Remainder.Kept ? (Count + size - 1) / size : Count / size;
        if (PerEpoch == 0)
            throw new ArgumentException(FormattableString.Invariant($"the {split} split of '{data.Id}' has {Count} examples: no batch of {size}"), nameof(size));
    }

    /// <summary>Examples per batch; the last one of an epoch may be smaller.</summary>
    public int Size { get; }

    /// <summary>Examples in the split.</summary>
    public long Count { get; }

    /// <summary>Batches in an epoch.</summary>
    public long PerEpoch { get; }

    /// <summary>Rows of a batch in the split, <c>[B]</c> int64 on the split's device.</summary>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="batch">Batch inside the pass, from 0.</param>
    public torch.Tensor Rows(long epoch, long batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, PerEpoch);
        long start = batch * Size;
        return Order(epoch).narrow(0, start, Math.Min(Size, Count - start));
    }

    /// <summary>Examples of a batch as they are kept, <c>[B, ...]</c>.</summary>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="batch">Batch inside the pass, from 0.</param>
    public torch.Tensor Examples(long epoch, long batch)
    {
        using torch.Tensor rows = Rows(epoch, batch);
        return _data.Examples(_split).index_select(0, rows);
    }

    /// <summary>Labels of a batch, <c>[B]</c> or <c>[B, columns]</c> int64.</summary>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="batch">Batch inside the pass, from 0.</param>
    /// <exception cref="ArgumentException">The split has no labels.</exception>
    public torch.Tensor Labels(long epoch, long batch)
    {
        using torch.Tensor rows = Rows(epoch, batch);
        return _data.Labels(_split).index_select(0, rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _order?.Dispose();
        _order = null;
    }

    private torch.Tensor Order(long epoch)
    {
        if (_order is not null && _orderEpoch == epoch)
            return _order;
        _order?.Dispose();
        _order = torch.tensor(Permutation.Of(_seed, epoch, Count), device: _data.Examples(_split).device).DetachFromDisposeScope();
        _orderEpoch = epoch;
        return _order;
    }
}
