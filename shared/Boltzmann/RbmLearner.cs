using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>
/// Learns an RBM: statistics of the data less those of the model, with momentum, and decay of the weights (Hinton's practical guide, sections 3, 9 and 10).
/// Nothing is differentiated.
/// </summary>
/// <param name="machine">What is learnt.</param>
/// <param name="negative">Where the model's states come from; owned by the caller, as the machine is.</param>
/// <param name="decay">Weight decay, on weights alone.</param>
public sealed class RbmLearner(RestrictedBoltzmannMachine machine, NegativePhase negative, double decay) : IDisposable
{
    private readonly torch.Tensor _speedW = torch.zeros_like(machine.W).DetachFromDisposeScope();
    private readonly torch.Tensor _speedB = torch.zeros_like(machine.B).DetachFromDisposeScope();
    private readonly torch.Tensor _speedC = torch.zeros_like(machine.C).DetachFromDisposeScope();

    /// <summary>Names weights, biases and their speeds.</summary>
    /// <param name="state">The subject's.</param>
    /// <param name="prefix">What the names begin with.</param>
    public void Register(SubjectState state, string prefix = "")
    {
        state.Tensor($"{prefix}weights", machine.W);
        state.Tensor($"{prefix}visible_bias", machine.B);
        state.Tensor($"{prefix}hidden_bias", machine.C);
        state.Tensor($"{prefix}weights_speed", _speedW);
        state.Tensor($"{prefix}visible_bias_speed", _speedB);
        state.Tensor($"{prefix}hidden_bias_speed", _speedC);
    }

    /// <summary>One update; nothing has changed when it throws.</summary>
    /// <param name="context">Refuses what is not finite.</param>
    /// <param name="v">Minibatch, <c>[N, visible]</c>.</param>
    /// <param name="pace">Gibbs steps, rate, momentum.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Sum over units of how far their means are off, and the mean of the hidden units.</returns>
    public Scalars Learn(StepContext context, torch.Tensor v, Pace pace, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();

        // Of the data: probabilities in the statistics, states to start from.
        torch.Tensor logits = machine.HiddenLogits(v), p = torch.empty_like(logits);
        torch.Tensor h = random.Draw(logits, probabilities: p);

        // Of the model: states of the visible units, probabilities of the hidden ones.
        torch.Tensor vModel = negative.Draw(h, pace.GibbsSteps, random);
        torch.Tensor pModel = machine.HiddenLogits(vModel).sigmoid_();

        torch.Tensor meanV = v.mean([0]), meanModel = vModel.mean([0]), meanH = p.mean([0]);
        double difference = context.RequireFinite("difference", (meanV - meanModel).abs().sum().ToDouble());
        double activity = context.RequireFinite("activity", meanH.mean().ToDouble());

        // <h v'> of the data less that of the model, both in one product.
        torch.Tensor hidden = torch.cat([p.div_(v.shape[0]), pModel.div(-vModel.shape[0])]);
        torch.Tensor gradient = torch.nn.functional.linear(hidden.t(), torch.cat([v, vModel]).t());
        _speedW.mul_(pace.Momentum).add_(gradient, alpha: pace.Rate).add_(machine.W, alpha: -pace.Rate * decay);
        _speedB.mul_(pace.Momentum).add_(meanV - meanModel, alpha: pace.Rate);
        _speedC.mul_(pace.Momentum).add_(meanH - pModel.mean([0]), alpha: pace.Rate);
        machine.W.add_(_speedW);
        machine.B.add_(_speedB);
        machine.C.add_(_speedC);
        negative.Keep();
        return new() { ["difference"] = difference, ["activity"] = activity };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _speedW.Dispose();
        _speedB.Dispose();
        _speedC.Dispose();
    }
}
