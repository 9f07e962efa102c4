using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>A 10-element add: what one call through the border costs.</summary>
internal sealed class AddRow : IRow
{
    private readonly torch.Tensor _a = torch.rand(10);
    private readonly torch.Tensor _b = torch.rand(10);

    public double Run(int count)
    {
        for (int i = 1; i < count; i++)
        {
            using torch.Tensor c = _a + _b;
        }
        using torch.Tensor last = _a + _b;
        return last.sum().ToDouble();
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }
}
