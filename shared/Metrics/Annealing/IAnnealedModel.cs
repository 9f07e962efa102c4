using TorchSharp;

namespace Replications.Metrics.Annealing;

/// <summary>
/// A family of unnormalised distributions <c>f_beta</c> from one whose partition function is known (beta = 0) to the one that is asked
/// about (beta = 1), with a transition that leaves each invariant and is reversible (Neal 2001; Salakhutdinov and Murray 2008, section 4).
/// </summary>
public interface IAnnealedModel
{
    /// <summary><c>ln Z</c> of <c>f_0</c>, nats.</summary>
    double BaseLogZ { get; }

    /// <summary>Independent exact draws of <c>f_0</c>.</summary>
    /// <param name="chains">How many.</param>
    /// <returns>States, <c>[chains, ...]</c>.</returns>
    torch.Tensor DrawBase(long chains);

    /// <summary><c>ln f_to(x) - ln f_from(x)</c> of each state.</summary>
    /// <param name="states">States; not changed.</param>
    /// <param name="from">Inverse temperature in [0, 1].</param>
    /// <param name="to">Inverse temperature in [0, 1].</param>
    /// <returns><c>[chains]</c> float64, nats.</returns>
    torch.Tensor LogRatio(torch.Tensor states, double from, double to);

    /// <summary>One transition that leaves <c>f_beta</c> invariant, reversible with respect to it.</summary>
    /// <param name="states">States; not changed.</param>
    /// <param name="beta">Inverse temperature.</param>
    /// <returns>New states.</returns>
    torch.Tensor Move(torch.Tensor states, double beta);

    /// <summary><see cref="LogRatio"/> of the states, and then a <see cref="Move"/> of them at <paramref name="to"/>; a model that computes much of both at once does so here.</summary>
    /// <param name="states">States; not changed.</param>
    /// <param name="from">Inverse temperature they come from.</param>
    /// <param name="to">Inverse temperature they go to.</param>
    /// <returns>New states, <c>[chains, ...]</c>, and the log-ratios of the old ones, <c>[chains]</c> float64, nats.</returns>
    (torch.Tensor States, torch.Tensor LogRatio) Advance(torch.Tensor states, double from, double to) =>
        (Move(states, to), LogRatio(states, from, to));
}
