using Replications.Datasets;
using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.Toys.Subjects;

/// <summary>A normaliser whose scale and shift come from the first batch and are trained from there.</summary>
public sealed class Scaled : Toy
{
    private readonly Normaliser _net;
    private readonly optim.Optimizer _rule;

    public Scaled(ToyRecipe recipe, SubjectContext context)
        : base(recipe, context)
    {
        _net = new Normaliser();
        _net.to(context.Device);
        _rule = optim.Adamax(_net.parameters(), recipe.LearningRate);
    }

    public override Schedule Schedule => base.Schedule with { SelectOn = null };

    public override long Parameters => 2 * ToyData.Dimensions;

    public override void Register(SubjectState state)
    {
        state.Module("net", _net);
        state.Optimizer("rule", _rule);
    }

    public override void Initialise(StepContext context)
    {
        using IDisposable still = no_grad();
        Tensor x = Batch();
        _net.Shift.copy_(x.mean([0]));
        _net.Scale.copy_(x.std(0) + 0.1);
    }

    public override Scalars Step(StepContext context)
    {
        Tensor loss = _net.Energy(Batch());
        return new() { ["loss"] = Update.Apply(context, _rule, context.Step == Recipe.NanAt ? loss + double.PositiveInfinity : loss) };
    }

    public override IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        using IDisposable still = no_grad();
        return Mean(split, context, x => _net.Energy(x).ToDouble());
    }

    protected override void Dispose(bool disposing)
    {
        _rule.Dispose();
        _net.Dispose();
    }

    private sealed class Normaliser : Module
    {
        public Parameter Shift { get; }

        public Parameter Scale { get; }

        public Normaliser()
            : base(nameof(Normaliser))
        {
            Shift = Parameter(zeros(ToyData.Dimensions));
            Scale = Parameter(ones(ToyData.Dimensions));
            register_parameter("shift", Shift);
            register_parameter("scale", Scale);
        }

        public Tensor Energy(Tensor x) => (((x - Shift) / Scale).pow(2) / 2 + Scale.abs().log()).sum(1).mean();
    }
}
