using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbm;

/// <summary>
/// Learns all layers at once (Salakhutdinov and Hinton 2009, section 3): moments of the mean field given the data, less those of the model from chains
/// that go on from update to update. Nothing is differentiated.
/// </summary>
public sealed class DbmLearner : IDisposable
{
    private readonly DeepBoltzmannMachine _machine;
    private readonly MeanField _field;
    private readonly double _decay;
    private readonly torch.Tensor[] _speedW;
    private readonly torch.Tensor[] _speedB;
    private readonly torch.Tensor[] _chains;

    /// <summary>Makes a learner with chains of zeros, to be started by <see cref="Start"/>.</summary>
    /// <param name="machine">What is learnt; owned by the caller.</param>
    /// <param name="field">Moments given the data.</param>
    /// <param name="chains">Persistent chains.</param>
    /// <param name="decay">Weight decay, on weights alone.</param>
    public DbmLearner(DeepBoltzmannMachine machine, MeanField field, int chains, double decay)
    {
        (_machine, _field, _decay) = (machine, field, decay);
        _speedW = [.. machine.Stack.Select(rbm => torch.zeros_like(rbm.W).DetachFromDisposeScope())];
        _speedB = [.. machine.Biases.Select(b => torch.zeros_like(b).DetachFromDisposeScope())];
        _chains = [.. machine.Biases.Select(b => torch.zeros(chains, b.shape[0], device: b.device).DetachFromDisposeScope())];
    }

    /// <summary>States of all layers of the chains.</summary>
    public IReadOnlyList<torch.Tensor> Chains => _chains;

    /// <summary>Names biases, speeds and chains; the weights are named by the learners of the stack. Odd layers of the chains are drawn before they are read.</summary>
    /// <param name="state">The subject's.</param>
    public void Register(SubjectState state)
    {
        for (int l = 0; l <= _machine.Layers; l++)
        {
            state.Tensor($"bias_{l}", _machine.Biases[l]);
            state.Tensor($"bias_{l}_speed", _speedB[l]);
            state.Tensor($"chains_{l}", _chains[l]);
            if (l > 0)
                state.Tensor($"weights_{l}_speed", _speedW[l - 1]);
        }
    }

    /// <summary>Chains begin at pixels with their biases and at fair coins above.</summary>
    /// <param name="random">Random bits.</param>
    public void Start(BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        for (int l = 0; l <= _machine.Layers; l++)
            _chains[l].copy_(random.Draw(torch.zeros_like(_chains[l]), bias: l == 0 ? _machine.Biases[0] : null));
    }

    /// <summary>One update; nothing has changed when it throws.</summary>
    /// <param name="context">Refuses what is not finite.</param>
    /// <param name="v">Minibatch, <c>[N, pixels]</c>.</param>
    /// <param name="gibbsSteps">Steps of the chains.</param>
    /// <param name="rate">Rate.</param>
    /// <param name="momentum">Momentum.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Sum over pixels of how far their means are off, the mean of the first hidden layer, updates of the mean field.</returns>
    public Scalars Learn(StepContext context, torch.Tensor v, int gibbsSteps, double rate, double momentum, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        (torch.Tensor[] logits, int updates) = _field.Solve(v);
        torch.Tensor[] data = [v, .. logits.Select(a => a.sigmoid_())];

        torch.Tensor[] drawn = _machine.Gibbs(_chains, gibbsSteps, random).Units;
        // Odd layers enter as probabilities given the even ones: the same moments with less noise.
        torch.Tensor[] model = [.. drawn.Select((state, l) => l % 2 == 1 ? _machine.Logits(l, drawn).sigmoid_() : state)];

        torch.Tensor[] off = [.. data.Zip(model, (d, m) => d.mean([0]) - m.mean([0]))];
        double difference = context.RequireFinite("difference", off[0].abs().sum().ToDouble());
        double activity = context.RequireFinite("activity", data[1].mean().ToDouble());
        context.RequireFinite("means", off.Sum(o => o.abs().sum().ToDouble()));

        for (int l = 0; l <= _machine.Layers; l++)
        {
            _speedB[l].mul_(momentum).add_(off[l], alpha: rate);
            if (l > 0)
            {
                torch.Tensor above = torch.cat([data[l] / v.shape[0], model[l] / -model[l].shape[0]]), below = torch.cat([data[l - 1], model[l - 1]]);
                _speedW[l - 1].mul_(momentum).add_(torch.nn.functional.linear(above.t(), below.t()), alpha: rate).add_(_machine.W(l), alpha: -rate * _decay);
                _machine.W(l).add_(_speedW[l - 1]);
            }

            _machine.Biases[l].add_(_speedB[l]);
            _chains[l].copy_(drawn[l]);
        }

        return new() { ["difference"] = difference, ["activity"] = activity, ["mean_field_updates"] = updates };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor tensor in _speedW.Concat(_speedB).Concat(_chains))
            tensor.Dispose();
    }
}
