using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.Benchmarks.Rows;

/// <summary>One training step of a 784-500-500-784 network on binary pixels: Adam, batch 100.</summary>
internal sealed class MlpRow : IRow
{
    private readonly Batches _batches = new();
    private readonly Module<Tensor, Tensor> _model = Sequential(
        Linear(784, 500), ReLU(), Linear(500, 500), ReLU(), Linear(500, 784));
    private readonly optim.Optimizer _optimizer;

    public MlpRow() => _optimizer = optim.Adam(_model.parameters());

    public double Run(int count)
    {
        double last = double.NaN;
        for (int i = 1; i <= count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = _batches.Next();
            _optimizer.zero_grad();
            Tensor loss = functional.binary_cross_entropy_with_logits(_model.call(x), x, reduction: Reduction.Sum) / x.shape[0];
            loss.backward();
            _optimizer.step();
            if (i == count)
                last = loss.ToDouble();
        }
        return last;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _batches.Dispose();
    }
}
