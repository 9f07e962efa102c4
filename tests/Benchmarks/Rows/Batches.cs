using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>Ten batches of 100 random binary images of 784 pixels, taken in turn; the peer draws the same ones from the same seed.</summary>
internal sealed class Batches : IDisposable
{
    private readonly torch.Tensor[] _batches = [.. Enumerable.Range(0, 10).Select(_ => Draw())];
    private int _next;

    public torch.Tensor Next() => _batches[_next++ % _batches.Length];

    /// <summary>All examples as bytes, <c>[1000, 784]</c>, owned by the caller.</summary>
    public torch.Tensor All()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return torch.cat(_batches).to_type(torch.ScalarType.Byte).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (torch.Tensor batch in _batches)
            batch.Dispose();
    }

    private static torch.Tensor Draw()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return torch.rand(100, 784).lt(0.2).to_type(torch.ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
