using Replications.Claims;
using Replications.Datasets;
using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.Toys.Subjects;

/// <summary>A game of two networks: two optimisers, several critic updates to one of the generator, a generator of random numbers of its own.</summary>
public sealed class Game : Toy
{
    private const int CriticUpdates = 2;

    private readonly Sequential _maker;
    private readonly Sequential _critic;
    private readonly optim.Optimizer _makerRule;
    private readonly optim.Optimizer _criticRule;
    private readonly Generator _noise;
    private readonly Device _device;
    private long _criticUpdates;

    public Game(ToyRecipe recipe, SubjectContext context)
        : base(recipe, context)
    {
        _device = context.Device;
        _maker = Sequential(Linear(3, recipe.Hidden), Tanh(), Linear(recipe.Hidden, ToyData.Dimensions), Sigmoid()).to(_device);
        _critic = Sequential(Linear(ToyData.Dimensions, recipe.Hidden), LeakyReLU(0.2), Linear(recipe.Hidden, 1)).to(_device);
        _makerRule = optim.RMSProp(_maker.parameters(), recipe.LearningRate);
        _criticRule = optim.SGD(_critic.parameters(), recipe.LearningRate, momentum: 0.5);
        _noise = new Generator((ulong)context.Seed);
    }

    public override Schedule Schedule => base.Schedule with { UpdatesPerStep = CriticUpdates + 1, SelectOn = "distance", EvaluateOn = Split.Train };

    public override long Parameters => _maker.parameters().Concat(_critic.parameters()).Sum(p => p.numel());

    public override void Register(SubjectState state)
    {
        state.Module("maker", _maker);
        state.Module("critic", _critic);
        state.Optimizer("maker-rule", _makerRule);
        state.Optimizer("critic-rule", _criticRule);
        state.Generator("noise", _noise);
        state.Counter("critic-updates", () => _criticUpdates, n => _criticUpdates = n);
    }

    public override Scalars Step(StepContext context)
    {
        double criticLoss = 0;
        for (int i = 0; i < CriticUpdates; i++)
        {
            Tensor real = _critic.call(Batch());
            Tensor made = _critic.call(_maker.call(Noise()).detach());
            Tensor loss = functional.softplus(-real).mean() + functional.softplus(made).mean();
            criticLoss = Update.Apply(context, _criticRule, context.Step == Recipe.NanAt ? loss / 0 : loss);
            _criticUpdates++;
        }

        double makerLoss = Update.Apply(context, _makerRule, functional.softplus(-_critic.call(_maker.call(Noise()))).mean());
        return new() { ["critic"] = criticLoss, ["maker"] = makerLoss, ["critic-updates"] = _criticUpdates };
    }

    public override IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        using IDisposable still = no_grad();
        Tensor made = _maker.call(randn(50, 3, device: _device)).mean([0]);
        Tensor real = Data.Examples(split).to_type(ScalarType.Float32).mean([0]);
        context.Report(1, 1);
        return [new Measurement("distance", (made - real).pow(2).sum().ToDouble(), "", null, ErrorKind.None, 50)];
    }

    protected override void Dispose(bool disposing)
    {
        _makerRule.Dispose();
        _criticRule.Dispose();
        _maker.Dispose();
        _critic.Dispose();
        _noise.Dispose();
    }

    private Tensor Noise() => randn(10, 3, generator: _noise).to(_device);
}
