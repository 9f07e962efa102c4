using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using TorchSharp;

namespace Replications.Metrics.Tests.Annealing;

/// <summary>A small machine with Gaussian weights, its ln Z known by enumeration.</summary>
internal sealed class RandomMachine : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly BernoulliSource _random;

    public RandomMachine(int seed, int x, int y, double deviation, torch.ScalarType type = torch.ScalarType.Float32, double yBias = 0)
    {
        torch.manual_seed(seed);
        _random = new BernoulliSource(seed);
        W = (torch.randn(y, x, dtype: torch.ScalarType.Float64) * deviation).to(type);
        B = (torch.randn(x, dtype: torch.ScalarType.Float64) * deviation / 2).to(type);
        C = ((torch.randn(y, dtype: torch.ScalarType.Float64) * deviation / 2) + yBias).to(type);
        // Base rates that are neither uniform nor right.
        Machine = new BipartiteMachine(W, B, C, B * 0.5, _random);
    }

    public torch.Tensor W { get; }

    public torch.Tensor B { get; }

    public torch.Tensor C { get; }

    public BipartiteMachine Machine { get; }

    /// <summary>Every state of x, <c>[2^X, X]</c>.</summary>
    public torch.Tensor Space()
    {
        int x = (int)W.shape[1];
        float[] bits = new float[(1 << x) * x];
        for (int n = 0; n < 1 << x; n++)
        {
            for (int d = 0; d < x; d++)
                bits[(n * x) + d] = (n >> d) & 1;
        }

        return torch.tensor(bits).reshape(1 << x, x).to(W.dtype);
    }

    /// <summary>Exact draws.</summary>
    public torch.Tensor Exact(int count)
    {
        torch.Tensor space = Space();
        double logZ = Machine.ExactLogZ();
        torch.Tensor p = torch.tensor([.. Machine.LogUnnormalised(space).Select(f => Math.Exp(f - logZ))]);
        return space.index_select(0, torch.multinomial(p, count, replacement: true));
    }

    public void Dispose()
    {
        _scope.Dispose();
        _random.Dispose();
    }
}
