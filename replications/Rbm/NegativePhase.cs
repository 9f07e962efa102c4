using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Rbm;

/// <summary>Draws states of the model, whose statistics an update subtracts from those of the data.</summary>
public abstract class NegativePhase : IDisposable
{
    /// <summary>Makes the one a recipe asks for.</summary>
    /// <param name="recipe">Kind, chains, temperatures.</param>
    /// <param name="machine">Whose states.</param>
    public static NegativePhase For(RbmRecipe recipe, RestrictedBoltzmannMachine machine) => recipe.NegativePhase switch
    {
        NegativePhaseKind.ContrastiveDivergence => new ContrastiveDivergence(machine),
        NegativePhaseKind.Persistent => new PersistentChains(machine, recipe.Chains),
        NegativePhaseKind.ParallelTempering => new TemperedChains(machine, recipe.Chains, recipe.Temperatures),
        _ => throw new InvalidOperationException($"negative phase {recipe.NegativePhase} does not exist"),
    };

    /// <summary>Draws visible states. Nothing that is kept changes before <see cref="Keep"/>.</summary>
    /// <param name="hidden">Hidden states drawn given the minibatch, <c>[N, hidden]</c>.</param>
    /// <param name="steps">Gibbs steps.</param>
    /// <param name="random">Random bits.</param>
    /// <returns><c>[M, visible]</c>.</returns>
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

    /// <summary>The update is made: chains go on from what was drawn.</summary>
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
