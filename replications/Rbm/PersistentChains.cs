using Replications.Boltzmann;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Rbm;

/// <summary>Persistent contrastive divergence: k Gibbs steps from where the chains stood after the update before.</summary>
/// <param name="machine">Whose states.</param>
/// <param name="count">Chains.</param>
public sealed class PersistentChains(RestrictedBoltzmannMachine machine, int count) : NegativePhase
{
    private readonly torch.Tensor _chains = torch.zeros(count, machine.B.shape[0], device: machine.B.device).DetachFromDisposeScope();
    private torch.Tensor? _drawn;

    /// <inheritdoc/>
    public override torch.Tensor Draw(torch.Tensor hidden, int steps, BernoulliSource random) => _drawn = machine.Gibbs(_chains, steps, random);

    /// <inheritdoc/>
    public override void Register(SubjectState state) => state.Tensor("chains", _chains);

    /// <inheritdoc/>
    public override void Start(BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        _chains.copy_(random.Draw(torch.zeros_like(_chains), bias: machine.B));
    }

    /// <inheritdoc/>
    public override void Keep()
    {
        _chains.copy_(_drawn!);
        _drawn = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _chains.Dispose();
        base.Dispose(disposing);
    }
}
