using Replications.Datasets;
using Replications.Training.Subjects;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Toys.Subjects;

/// <summary>A mixture of Bernoullis by expectation maximisation: a closed-form update of registered tensors, no optimiser.</summary>
public sealed class Mixture : Toy
{
    private readonly Tensor _weights;
    private readonly Tensor _means;

    public Mixture(ToyRecipe recipe, SubjectContext context)
        : base(recipe, context)
    {
        _weights = full(4, 0.25, dtype: ScalarType.Float64, device: context.Device).DetachFromDisposeScope();
        _means = (rand(4, ToyData.Dimensions, dtype: ScalarType.Float64, device: context.Device) * 0.5 + 0.25).DetachFromDisposeScope();
    }

    public override Schedule Schedule => base.Schedule with { StepsPerEpoch = 1 };

    public override long Parameters => _weights.numel() - 1 + _means.numel();

    public override void Register(SubjectState state)
    {
        state.Tensor("weights", _weights);
        state.Tensor("means", _means);
    }

    public override Scalars Step(StepContext context)
    {
        Wait();
        Tensor x = Data.Examples(Split.Train).to_type(ScalarType.Float64);
        Tensor joint = Joint(x);
        double loss = context.RequireFinite("loss", Loss(context, -joint.logsumexp(1).mean().ToDouble()));
        Tensor responsibilities = joint.softmax(1);
        Tensor counts = responsibilities.sum([0]);
        _means.copy_((responsibilities.t().matmul(x) + 0.1) / (counts.unsqueeze(1) + 0.2));
        _weights.copy_(counts / x.shape[0]);
        return new() { ["loss"] = loss };
    }

    public override IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context) =>
        Mean(split, context, x => -Joint(x.to_type(ScalarType.Float64)).logsumexp(1).mean().ToDouble());

    protected override void Dispose(bool disposing)
    {
        _weights.Dispose();
        _means.Dispose();
    }

    private Tensor Joint(Tensor x) =>
        x.matmul(_means.log().t()) + (1 - x).matmul((1 - _means).log().t()) + _weights.log();
}
