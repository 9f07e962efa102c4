using Replications.Claims;
using Replications.Datasets;
using Replications.Training.Subjects;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Toys.Subjects;

/// <summary>A model fitted in closed form without a single step, measured by a long random estimator with progress of its own.</summary>
public sealed class Estimate : Toy
{
    private readonly Tensor _means;

    public Estimate(ToyRecipe recipe, SubjectContext context)
        : base(recipe, context) =>
        _means = zeros(ToyData.Dimensions, device: context.Device).DetachFromDisposeScope();

    public override Schedule Schedule => new() { StepsPerEpoch = 1, MaxSteps = 0, MeasureAtEnd = [Split.Train, Split.Valid, Split.Test] };

    public override long Parameters => ToyData.Dimensions;

    public override void Register(SubjectState state) => state.Tensor("means", _means);

    public override void Initialise(StepContext context)
    {
        Wait();
        _means.copy_(Data.Examples(Split.Train).to_type(ScalarType.Float32).mean([0]));
    }

    public override Scalars Step(StepContext context) => throw new InvalidOperationException("there is nothing to step");

    public override IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        Tensor x = Data.Examples(split).to_type(ScalarType.Float32);
        double sum = 0;
        const int Draws = 12;
        for (int draw = 0; draw < Draws; draw++)
        {
            context.Report(draw, Draws);
            Wait();
            using IDisposable scope = NewDisposeScope();
            Tensor noisy = _means + randn_like(_means) * 0.1;
            sum += (x - noisy).pow(2).mean().ToDouble();
        }

        context.Report(Draws, Draws);
        return [new Measurement("error", sum / Draws, "", 0.1, ErrorKind.MetricDraws, Draws)];
    }

    protected override void Dispose(bool disposing) => _means.Dispose();
}
