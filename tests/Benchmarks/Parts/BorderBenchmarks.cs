using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace Replications.Benchmarks.Parts;

/// <summary>What crossing into libtorch costs: one operator on ten elements.</summary>
public class BorderBenchmarks : IDisposable
{
    private readonly torch.Tensor _a = torch.rand(10);
    private readonly torch.Tensor _b = torch.rand(10);
    private readonly torch.Tensor _tracked = torch.rand(10).requires_grad_(true);

    [Benchmark(Baseline = true)]
    public void Add()
    {
        using torch.Tensor c = _a + _b;
    }

    [Benchmark]
    public void AddTracked()
    {
        using torch.Tensor c = _tracked + _b;
    }

    [Benchmark]
    public void MultiplyByNumber()
    {
        using torch.Tensor c = _a * 2.0;
    }

    [Benchmark]
    public void Select()
    {
        using torch.Tensor c = _a[3];
    }

    [Benchmark]
    public void SumToNumber()
    {
        using torch.Tensor c = _a.sum();
        c.ToDouble();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _a.Dispose();
        _b.Dispose();
        _tracked.Dispose();
    }
}
