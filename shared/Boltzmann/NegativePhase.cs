using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>Draws states of the model, whose statistics an update subtracts from those of the data.</summary>
public abstract class NegativePhase : IDisposable
{
    /// <summary>
    /// Draws visible states. Nothing that is kept changes before <see cref="Keep"/>: an update that is not made leaves chains where they were.
    /// </summary>
    /// <param name="hidden">Hidden states drawn given the minibatch, <c>[N, hidden]</c>.</param>
    /// <param name="steps">Gibbs steps.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Zeros and ones, <c>[M, visible]</c>, in the caller's dispose scope.</returns>
    public abstract torch.Tensor Draw(torch.Tensor hidden, int steps, BernoulliSource random);

    /// <summary>Names what goes on from update to update.</summary>
    /// <param name="state">The subject's.</param>
    public virtual void Register(SubjectState state)
    {
    }

    /// <summary>Starts chains that go on, with the machine as it is initialised.</summary>
    /// <param name="random">Random bits.</param>
    public virtual void Start(BernoulliSource random)
    {
    }

    /// <summary>
    /// The update is made: chains go on from what <see cref="Draw"/> drew last. To be called once after it, before the dispose scope of its result
    /// ends: until then chains refer to that result, or to others of the same scope.
    /// </summary>
    public virtual void Keep()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees chains.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>CD-k: k Gibbs steps from the data.</summary>
/// <param name="machine">Whose states.</param>
public sealed class ContrastiveDivergence(RestrictedBoltzmannMachine machine) : NegativePhase
{
    /// <inheritdoc/>
    public override torch.Tensor Draw(torch.Tensor hidden, int steps, BernoulliSource random) => machine.GibbsFromHidden(hidden, steps, random);
}
