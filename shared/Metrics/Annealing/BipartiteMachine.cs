using Replications.Metrics.Averages;
using Replications.Metrics.Sampling;
using TorchSharp;

namespace Replications.Metrics.Annealing;

/// <summary>
/// Binary units in two layers, connected across and not within: <c>f(x, y) = exp(b'x + c'y + y'Wx)</c>, with y summed out. An RBM is one with x the
/// visible units; a deep Boltzmann machine is one with its odd layers against its even ones. The path goes from independent units with
/// the base rates <c>b0</c>: <c>f_beta(x) = exp((1 - beta) b0'x + beta b'x) prod_j (1 + exp(beta (c + Wx)_j))</c> (Salakhutdinov and Murray 2008,
/// equation 16, with base-rate weights of zero; their hidden biases are left out, which changes no distribution).
/// </summary>
/// <param name="weights">W, <c>[Y, X]</c>, float32 or float64; owned by the caller, as the others are. They are not to change while this is used, in the scope where it is made.</param>
/// <param name="xBias">b, <c>[X]</c>.</param>
/// <param name="yBias">c, <c>[Y]</c>.</param>
/// <param name="baseBias">b0, <c>[X]</c>: log-odds of the base rates.</param>
/// <param name="random">Random bits.</param>
public sealed class BipartiteMachine(torch.Tensor weights, torch.Tensor xBias, torch.Tensor yBias, torch.Tensor baseBias, BernoulliSource random)
    : IAnnealedModel
{
    // 2,000 x 1,784 float64 are 29 MB.
    private const long Portion = 2000;

    // A million terms.
    private const int Enumerable = 20;

    private readonly long _x = weights.shape[1];
    private readonly long _y = weights.shape[0];
    private readonly UnitWeights _toX = new(weights);
    private readonly UnitWeights _toY = new(weights.t());

    /// <summary>Whether the states of one layer are few enough to be summed over: 20 units.</summary>
    public bool IsEnumerable => Math.Min(_x, _y) <= Enumerable;

    /// <inheritdoc/>
    public double BaseLogZ
    {
        get
        {
            using IDisposable scope = torch.NewDisposeScope();
            return (_y * Math.Log(2)) + Softplus(baseBias.to(torch.ScalarType.Float64)).sum().ToDouble();
        }
    }

    /// <summary>
    /// Log-odds of the base rates of some data, smoothed as the authors' program does it (base_rate.m): a pseudo-count of 5 in each batch of 100, that is
    /// a twentieth of the examples on either side of the fraction, so that no pixel is certain.
    /// </summary>
    /// <param name="means">Means of the units, in [0, 1].</param>
    public static torch.Tensor BaseRates(torch.Tensor means)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor p = (means + 0.05) / 1.05;
        // A unit that is always on is as uncertain as one that is always off.
        p = p.clamp(max: 1 - (0.05 / 1.05));
        return (p.log() - torch.log1p(-p)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public torch.Tensor DrawBase(long chains) =>
        random.Draw(torch.zeros(chains, _x, dtype: weights.dtype, device: weights.device), bias: baseBias);

    /// <inheritdoc/>
    public torch.Tensor LogRatio(torch.Tensor states, double from, double to)
    {
        using IDisposable scope = torch.NewDisposeScope();
        return Ratio(states, _toY.Linear(states, yBias), from, to).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public torch.Tensor Move(torch.Tensor states, double beta)
    {
        using IDisposable scope = torch.NewDisposeScope();
        return Transition(_toY.Linear(states, yBias), beta).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public (torch.Tensor States, torch.Tensor LogRatio) Advance(torch.Tensor states, double from, double to)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor inputs = _toY.Linear(states, yBias);
        torch.Tensor ratio = Ratio(states, inputs, from, to);
        return (Transition(inputs, to).MoveToOuterDisposeScope(), ratio.MoveToOuterDisposeScope());
    }

    /// <summary><c>ln f(x)</c> of each state, with y summed out, in float64.</summary>
    /// <param name="states"><c>[N, X]</c>.</param>
    /// <returns><c>[N]</c>, nats.</returns>
    public double[] LogUnnormalised(torch.Tensor states)
    {
        using IDisposable scope = torch.NewDisposeScope();
        (torch.Tensor w, torch.Tensor b, torch.Tensor c) = Wide();
        return Portions.Numbers(states, Portion, torch.ScalarType.Float64, (x, _) => (x * b).sum(dim: 1) + Softplus(x.matmul(w.t()) + c).sum(dim: 1));
    }

    /// <summary><c>ln Z</c> by summing over every state of the smaller layer.</summary>
    /// <exception cref="InvalidOperationException">Not <see cref="IsEnumerable"/>.</exception>
    public double ExactLogZ()
    {
        long units = Math.Min(_x, _y);
        if (!IsEnumerable)
            throw new InvalidOperationException(FormattableString.Invariant($"{units} units cannot be enumerated"));
        using IDisposable scope = torch.NewDisposeScope();
        (torch.Tensor w, torch.Tensor b, torch.Tensor c) = Wide();
        (torch.Tensor own, torch.Tensor other, torch.Tensor across) = _y <= _x ? (c, b, w) : (b, c, w.t());
        torch.Tensor places = torch.arange(units, device: weights.device).unsqueeze(0);
        var parts = new List<torch.Tensor>();
        for (long start = 0; start < 1L << (int)units; start += Portion)
        {
            long end = Math.Min(start + Portion, 1L << (int)units);
            using IDisposable part = torch.NewDisposeScope();
            torch.Tensor numbers = torch.arange(start, end, device: weights.device).unsqueeze(1);
            torch.Tensor states = numbers.bitwise_right_shift(places).bitwise_and(torch.ones_like(places)).to(torch.ScalarType.Float64);
            torch.Tensor terms = (states * own).sum(dim: 1) + Softplus(states.matmul(across) + other).sum(dim: 1);
            parts.Add(torch.logsumexp(terms, 0).MoveToOuterDisposeScope());
        }

        return torch.logsumexp(torch.stack(parts), 0).ToDouble();
    }

    private torch.Tensor Ratio(torch.Tensor states, torch.Tensor inputs, double from, double to)
    {
        // In float64 throughout: no precision that a run multiplies in reaches it.
        torch.Tensor biases = states.to(torch.ScalarType.Float64).matmul((xBias - baseBias).to(torch.ScalarType.Float64)).mul_(to - from);
#if TORCHSHARP
        torch.Tensor wide = inputs.to(torch.ScalarType.Float64);
        return biases.add_((Softplus(wide * to) - Softplus(wide * from)).sum(dim: 1));
#else
        return biases.add_(FusedOperators.SoftplusDifference(inputs, from, to));
#endif
    }

    private torch.Tensor Transition(torch.Tensor inputs, double beta)
    {
        torch.Tensor y = random.Draw(inputs, beta);
        torch.Tensor bias = (xBias * beta).add_(baseBias, alpha: 1 - beta);
        return random.Draw(_toX.Linear(y), beta, bias);
    }

    private (torch.Tensor W, torch.Tensor B, torch.Tensor C) Wide() =>
        (weights.to(torch.ScalarType.Float64), xBias.to(torch.ScalarType.Float64), yBias.to(torch.ScalarType.Float64));

    private static torch.Tensor Softplus(torch.Tensor x) => torch.logaddexp(x, torch.zeros_like(x));
}
