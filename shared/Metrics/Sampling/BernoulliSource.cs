using TorchSharp;

namespace Replications.Metrics.Sampling;

/// <summary>
/// Random bits with a state that can be seen, kept and put back: a key and a position. Sigmoid, comparison with uniform numbers and cast are
/// one pass under the suite's own engine; under the TorchSharp packages a chain of operators with numbers of the same kind.
/// </summary>
/// <param name="key">Which stream.</param>
/// <param name="position">Where in it; 0 is the beginning.</param>
public sealed class BernoulliSource(long key, long position = 0) : IDisposable
{
    /// <summary>Key and position, int64 <c>[2]</c> on the CPU: all that a byte-identical continuation needs.</summary>
    public torch.Tensor State { get; } = torch.tensor([key, position]).DetachFromDisposeScope();

    /// <summary>A stream whose key is drawn from the default generator, which the loop seeds for each update, measurement and picture.</summary>
    public static BernoulliSource Seeded()
    {
        using torch.Tensor drawn = torch.randint(0, long.MaxValue, [1], dtype: torch.ScalarType.Int64);
        return new BernoulliSource(drawn.ToInt64());
    }

    /// <summary>Overwrites logits with draws of <c>Bernoulli(sigmoid(scale * logit + bias))</c>, zeros and ones of the logits' type.</summary>
    /// <param name="logits"><c>[..., units]</c>; NaN stays NaN.</param>
    /// <param name="scale">Inverse temperature.</param>
    /// <param name="bias"><c>[units]</c>, not scaled; null for none.</param>
    /// <param name="probabilities">Receives the probabilities; null where they are not wanted.</param>
    /// <returns>The logits' tensor.</returns>
    public torch.Tensor Draw(torch.Tensor logits, double scale = 1, torch.Tensor? bias = null, torch.Tensor? probabilities = null)
    {
#if TORCHSHARP
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor p = logits * scale;
        p = (bias is null ? p : p + bias).sigmoid();
        probabilities?.copy_(p);
        using var generator = new torch.Generator(unchecked((ulong)(State[0].ToInt64() + (0x61C8864680B583EB * State[1].ToInt64()))), logits.device);
        torch.Tensor drawn = torch.rand(logits.shape, dtype: logits.dtype, device: logits.device, generator: generator) < p;
        logits.copy_(torch.where(p.isnan(), p, drawn.to(logits.dtype)));
        State[1] = State[1] + 1;
        return logits;
#else
        return FusedOperators.LogisticBernoulli_(logits, State, scale, bias, probabilities);
#endif
    }

    /// <inheritdoc/>
    public void Dispose() => State.Dispose();
}
