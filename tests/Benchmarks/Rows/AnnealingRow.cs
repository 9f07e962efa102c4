using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Benchmarks.Rows;

/// <summary>
/// One step of annealed importance sampling of an RBM of 784 and 500 units with 100 chains. From half-way on, with biases of -1, the weights depend on
/// where the chains have gone: their mean is held against the peer's.
/// </summary>
internal sealed class AnnealingRow : IRow
{
    private readonly BernoulliSource _random = new(1);
    private readonly Tensor _w = (randn(500, 784) * 0.01).DetachFromDisposeScope();
    private readonly Tensor _base = zeros(784);
    private readonly Tensor _b = full(784, -1.0);
    private readonly Tensor _c = full(500, -1.0);
    private readonly Tensor _weights = zeros(100, dtype: ScalarType.Float64);
    private readonly BipartiteMachine _machine;
    private Tensor _states;
    private double _beta = 0.5;

    public AnnealingRow()
    {
        _machine = new BipartiteMachine(_w, _b, _c, _base, _random);
        _states = _machine.DrawBase(100);
    }

    public double Run(int count)
    {
        using IDisposable grad = no_grad();
        for (int i = 0; i < count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            double last = _beta;
            _beta = (_beta + 1e-3) % 1;
            (Tensor states, Tensor ratio) = _machine.Advance(_states, last, _beta);
            _weights.add_(ratio);
            _states.Dispose();
            _states = states.MoveToOuterDisposeScope();
        }

        return _weights.mean().ToDouble();
    }

    public void Dispose()
    {
        _states.Dispose();
        _weights.Dispose();
        _c.Dispose();
        _b.Dispose();
        _base.Dispose();
        _w.Dispose();
        _random.Dispose();
    }
}
