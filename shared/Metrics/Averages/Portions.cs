using TorchSharp;

namespace Replications.Metrics.Averages;

/// <summary>Walks over examples a portion at a time, where all at once would not fit into memory.</summary>
public static class Portions
{
    /// <summary>Does something with every portion; its tensors live no longer.</summary>
    /// <param name="examples"><c>[N, ...]</c>, of any type.</param>
    /// <param name="size">Examples in a portion; the last one may have fewer.</param>
    /// <param name="type">The type the portions come in.</param>
    /// <param name="action">Takes a portion <c>[size, ...]</c> and the place of its first example.</param>
    /// <param name="report">Progress after each portion, in examples; null for none.</param>
    public static void Each(torch.Tensor examples, long size, torch.ScalarType type, Action<torch.Tensor, long> action, Action<long, long>? report = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        long n = examples.shape[0];
        for (long start = 0; start < n; start += size)
        {
            using IDisposable scope = torch.NewDisposeScope();
            long count = Math.Min(size, n - start);
            action(examples.narrow(0, start, count).to(type), start);
            report?.Invoke(start + count, n);
        }
    }

    /// <summary>A number for every example.</summary>
    /// <param name="examples"><c>[N, ...]</c>, of any type.</param>
    /// <param name="size">Examples in a portion.</param>
    /// <param name="type">The type the portions come in.</param>
    /// <param name="numbers">From a portion and the place of its first example to <c>[size]</c> numbers.</param>
    /// <param name="report">Progress after each portion, in examples; null for none.</param>
    public static double[] Numbers(
        torch.Tensor examples, long size, torch.ScalarType type, Func<torch.Tensor, long, torch.Tensor> numbers, Action<long, long>? report = null)
    {
        double[] result = new double[examples.shape[0]];
        Each(examples, size, type, (x, start) => numbers(x, start).to(torch.ScalarType.Float64).cpu().data<double>().CopyTo(result, (int)start), report);
        return result;
    }
}
