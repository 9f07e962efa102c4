using TorchSharp;

namespace Replications.Datasets.Loading;

/// <summary>A whole split in its own order, piece by piece: what evaluation goes over. No example is left out.</summary>
public static class Chunks
{
    /// <summary>Pieces of a split, <c>[B, ...]</c>; the last may be smaller. Each is a view that belongs to the caller's dispose scope.</summary>
    /// <param name="data">Data set.</param>
    /// <param name="split">Split.</param>
    /// <param name="size">Examples per piece.</param>
    public static IEnumerable<torch.Tensor> Of(DataSet data, Split split, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return Pieces(data.Examples(split), size);
    }

    private static IEnumerable<torch.Tensor> Pieces(torch.Tensor examples, int size)
    {
        long count = examples.shape[0];
        for (long start = 0; start < count; start += size)
            yield return examples.narrow(0, start, Math.Min(size, count - start));
    }
}
