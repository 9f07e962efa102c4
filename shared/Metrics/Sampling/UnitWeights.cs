using TorchSharp;

namespace Replications.Metrics.Sampling;

/// <summary>
/// Weights between two layers of binary units, as one of them reads them while the other changes its states. Most units are off most of the time, so that
/// what a layer hears is a sum of few rows: under the suite's own engine nothing is multiplied and the rows of the others are not read; under the TorchSharp
/// packages it is a product like any other.
/// </summary>
/// <param name="rows">
/// <c>[units, units of the other layer]</c>, in any order in memory; not to change while this is used, and with it in the scope where this is made.
/// </param>
public sealed class UnitWeights(torch.Tensor rows)
{
#if !TORCHSHARP
    private readonly torch.Tensor _packed = FusedOperators.PackRows(rows);
#endif

    /// <summary>What the other layer hears: <c>states · rows + bias</c>.</summary>
    /// <param name="states"><c>[N, units]</c>; right for any numbers, fast where few are not zero.</param>
    /// <param name="bias"><c>[units of the other layer]</c>; null for none.</param>
    /// <returns><c>[N, units of the other layer]</c>.</returns>
    public torch.Tensor Linear(torch.Tensor states, torch.Tensor? bias = null) =>
#if TORCHSHARP
        torch.nn.functional.linear(states, rows.t(), bias);
#else
        FusedOperators.SparseLinear(states, rows, _packed, bias);
#endif
}
