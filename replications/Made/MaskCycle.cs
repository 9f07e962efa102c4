using TorchSharp;

namespace Replications.Made;

/// <summary>
/// Which mask serves when (section 4.2). Training goes through <c>count</c> masks, a new one after every minibatch, and starts again;
/// validation and test average over the same masks. The official loop (trainMADE.py) given 32 trains on 33 and scores 33
/// taken after its reset, of which one was never trained and one trained is never scored; here both are the same 32.
/// With no limit, each minibatch draws its own mask, and evaluation has a set of its own, the same each time, so that
/// validations differ by the weights alone.
/// </summary>
/// <param name="inputs">D.</param>
/// <param name="hidden">Units of each hidden layer.</param>
/// <param name="count">Masks in the cycle; 0 without limit.</param>
/// <param name="seed">Seed of the run.</param>
/// <param name="device">Where the weights are.</param>
public sealed class MaskCycle(int inputs, IReadOnlyList<int> hidden, int count, long seed, torch.Device device) : IDisposable
{
    private (long Index, MaskDegrees Degrees)? _last;

    /// <summary>Masks of an update.</summary>
    /// <param name="step">Updates made before it.</param>
    /// <returns>Owned by the cycle, valid until the next call.</returns>
    public MaskDegrees ForStep(long step) => Get(count == 0 ? step : step % count);

    /// <summary>One of the masks that evaluation averages over.</summary>
    /// <param name="k">Which, from 0.</param>
    /// <returns>Owned by the cycle, valid until the next call.</returns>
    public MaskDegrees ForEvaluation(int k) => Get(EvaluationIndex(k));

    /// <summary>The degrees behind <see cref="ForEvaluation"/>.</summary>
    /// <param name="k">Which, from 0.</param>
    public Masks EvaluationMasks(int k) => At(EvaluationIndex(k));

    /// <inheritdoc/>
    public void Dispose() => _last?.Degrees.Dispose();

    // Negative numbers are never reached by a step.
    private long EvaluationIndex(int k) => count == 0 ? -1 - (long)k : k;

    private Masks At(long index) => Masks.Sample(inputs, hidden, seed, index, isFixed: count == 1);

    private MaskDegrees Get(long index)
    {
        if (_last is { } last)
        {
            if (last.Index == index)
                return last.Degrees;
            last.Degrees.Dispose();
        }

        var degrees = new MaskDegrees(At(index), device);
        _last = (index, degrees);
        return degrees;
    }
}
