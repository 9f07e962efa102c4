using BenchmarkDotNet.Attributes;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Benchmarks.Parts;

/// <summary>The optimisers' update of one network, 784-500-500-784, without the products around it.</summary>
public class StepBenchmarks : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _model = nn.Sequential(
        nn.Linear(784, 500), nn.ReLU(), nn.Linear(500, 500), nn.ReLU(), nn.Linear(500, 784));

    private optim.Optimizer? _optimizer;

    [Params("sgd", "adagrad", "adam")]
    public string Rule { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer = Rule switch
        {
            "sgd" => optim.SGD(_model.parameters(), 1e-6, momentum: 0.9),
            "adagrad" => optim.Adagrad(_model.parameters(), 1e-6),
            _ => optim.Adam(_model.parameters(), 1e-6),
        };
        _model.call(rand(100, 784)).square().mean().backward();
    }

    [Benchmark]
    public void Step() => _optimizer!.step();

    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _optimizer?.Dispose();
        _model.Dispose();
    }
}
