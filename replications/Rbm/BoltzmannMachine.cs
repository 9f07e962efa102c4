using TorchSharp;

namespace Replications.Rbm;

/// <summary>
/// The Boltzmann machine of the textbook (Ackley, Hinton and Sejnowski 1985): binary units, every two of them connected,
/// <c>p(s) = exp(s'Ls / 2 + a's) / Z</c> with a symmetric L whose diagonal is zero. The first units are visible, the others hidden. At a size
/// where every state can be written down all of it is exact; Gibbs sampling beside it shows what an estimated gradient is worth. Float64 throughout.
/// </summary>
/// <param name="visible">Visible units.</param>
/// <param name="hidden">Hidden units; none for a fully visible machine.</param>
public sealed class BoltzmannMachine(int visible, int hidden) : IDisposable
{
    /// <summary>The most units whose states are enumerated.</summary>
    public const int MaxEnumerated = 16;

    private readonly int _units = visible + hidden;

    /// <summary>L, <c>[units, units]</c>, symmetric, zero on the diagonal.</summary>
    public torch.Tensor L { get; } = torch.zeros(visible + hidden, visible + hidden, dtype: torch.ScalarType.Float64).DetachFromDisposeScope();

    /// <summary>a, biases of all units, <c>[units]</c>.</summary>
    public torch.Tensor A { get; } = torch.zeros(visible + hidden, dtype: torch.ScalarType.Float64).DetachFromDisposeScope();

    /// <summary>Draws small weights.</summary>
    /// <param name="deviation">Standard deviation.</param>
    public void Initialise(double deviation)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor upper = (torch.randn(_units, _units, dtype: torch.ScalarType.Float64) * deviation).triu(1);
        L.copy_(upper + upper.t());
    }

    /// <summary><c>s'Ls / 2 + a's</c>, the energy with its sign turned, of each state.</summary>
    /// <param name="s"><c>[N, units]</c>.</param>
    /// <returns><c>[N]</c>, nats.</returns>
    public torch.Tensor NegativeEnergy(torch.Tensor s)
    {
        using IDisposable scope = torch.NewDisposeScope();
        return ((s.matmul(L) * s).sum(dim: 1) * 0.5).add_(s.matmul(A)).MoveToOuterDisposeScope();
    }

    /// <summary><c>ln Z</c> over every state of all units.</summary>
    public double ExactLogZ()
    {
        using IDisposable scope = torch.NewDisposeScope();
        return torch.logsumexp(NegativeEnergy(States(_units)), 0).ToDouble();
    }

    /// <summary><c>ln p(v)</c> of each visible state, hidden units summed out.</summary>
    /// <param name="v"><c>[N, visible]</c>.</param>
    /// <returns><c>[N]</c>, nats.</returns>
    public torch.Tensor LogProbability(torch.Tensor v)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor joint = NegativeEnergy(Completed(v)).reshape(v.shape[0], -1);
        return (torch.logsumexp(joint, 1) - ExactLogZ()).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The exact gradient of the mean log-likelihood: <c>&lt;s_i s_j&gt;</c> with the visible units held at the data, less the same of the machine left
    /// to itself; for the biases <c>&lt;s_i&gt;</c>.
    /// </summary>
    /// <param name="v">Data, <c>[N, visible]</c>.</param>
    public (torch.Tensor L, torch.Tensor A) ExactGradient(torch.Tensor v)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor held = Completed(v);
        torch.Tensor posterior = NegativeEnergy(held).reshape(v.shape[0], -1).softmax(1).reshape(-1) / v.shape[0];
        torch.Tensor free = States(_units);
        return Difference(held, posterior, free, NegativeEnergy(free).softmax(0));
    }

    /// <summary>The gradient with both expectations from Gibbs sampling, unit after unit.</summary>
    /// <param name="v">Data, <c>[N, visible]</c>.</param>
    /// <param name="chains">States of the machine left to itself, <c>[M, units]</c>; they go on in place.</param>
    /// <param name="sweeps">Sweeps over the units, for the chains and for the hidden units of the data.</param>
    public (torch.Tensor L, torch.Tensor A) GibbsGradient(torch.Tensor v, torch.Tensor chains, int sweeps)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor held = torch.cat([v, torch.full(v.shape[0], hidden, 0.5, dtype: torch.ScalarType.Float64).bernoulli()], 1);
        for (int i = 0; i < sweeps; i++)
        {
            Sweep(held, visible);
            Sweep(chains, 0);
        }

        return Difference(held, Equal(v.shape[0]), chains, Equal(chains.shape[0]));
    }

    /// <summary>Draws each unit in turn given all others, in place.</summary>
    /// <param name="s"><c>[N, units]</c>.</param>
    /// <param name="first">Units before it are held.</param>
    public void Sweep(torch.Tensor s, int first)
    {
        for (int i = first; i < _units; i++)
        {
            using IDisposable scope = torch.NewDisposeScope();
            s.select(1, i).copy_((s.matmul(L.select(0, i)) + A[i]).sigmoid().bernoulli());
        }
    }

    /// <summary>Climbs a gradient.</summary>
    /// <param name="gradient">As the two methods above give it; disposed.</param>
    /// <param name="rate">Rate.</param>
    public void Climb((torch.Tensor L, torch.Tensor A) gradient, double rate)
    {
        using torch.Tensor l = gradient.L, a = gradient.A;
        L.add_(l, alpha: rate);
        A.add_(a, alpha: rate);
    }

    /// <summary>Every state of some units, <c>[2^units, units]</c>.</summary>
    /// <param name="units">At most <see cref="MaxEnumerated"/>.</param>
    public static torch.Tensor States(int units)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, MaxEnumerated);
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor places = torch.arange(units).unsqueeze(0), numbers = torch.arange(1L << units).unsqueeze(1);
        return numbers.bitwise_right_shift(places).bitwise_and(torch.ones_like(places)).to(torch.ScalarType.Float64).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        L.Dispose();
        A.Dispose();
    }

    /// <summary>Each visible state with every hidden one: <c>[N 2^hidden, units]</c>.</summary>
    private torch.Tensor Completed(torch.Tensor v)
    {
        torch.Tensor h = States(hidden);
        return torch.cat([v.repeat_interleave(h.shape[0], 0), h.repeat(v.shape[0], 1)], 1);
    }

    private static torch.Tensor Equal(long count) => torch.full(count, 1.0 / count, dtype: torch.ScalarType.Float64);

    private static (torch.Tensor L, torch.Tensor A) Difference(torch.Tensor held, torch.Tensor heldWeights, torch.Tensor free, torch.Tensor freeWeights)
    {
        torch.Tensor l = Products(held, heldWeights) - Products(free, freeWeights);
        // No unit is connected to itself; its product with itself is the gradient of its bias.
        return ((l - torch.diag(l.diagonal())).MoveToOuterDisposeScope(), l.diagonal().clone().MoveToOuterDisposeScope());
    }

    private static torch.Tensor Products(torch.Tensor s, torch.Tensor weights) => (s * weights.unsqueeze(1)).t().matmul(s);
}
