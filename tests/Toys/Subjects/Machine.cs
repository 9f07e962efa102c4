using Replications.Datasets;
using Replications.Training.Subjects;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Toys.Subjects;

/// <summary>A restricted Boltzmann machine by persistent contrastive divergence: chains that live from step to step.</summary>
public sealed class Machine : Toy
{
    private readonly Tensor _weights;
    private readonly Tensor _visible;
    private readonly Tensor _hidden;
    private readonly Tensor _chains;

    public Machine(ToyRecipe recipe, SubjectContext context)
        : base(recipe, context)
    {
        _weights = (randn(ToyData.Dimensions, recipe.Hidden, device: context.Device) * 0.1).DetachFromDisposeScope();
        _visible = zeros(ToyData.Dimensions, device: context.Device).DetachFromDisposeScope();
        _hidden = zeros(recipe.Hidden, device: context.Device).DetachFromDisposeScope();
        _chains = rand(10, ToyData.Dimensions, device: context.Device).bernoulli().DetachFromDisposeScope();
    }

    public override long Parameters => _weights.numel() + _visible.numel() + _hidden.numel();

    public override void Register(SubjectState state)
    {
        state.Tensor("weights", _weights);
        state.Tensor("visible", _visible);
        state.Tensor("hidden", _hidden);
        state.Tensor("chains", _chains);
    }

    public override Scalars Step(StepContext context)
    {
        Tensor data = Batch();
        Tensor up = sigmoid(data.matmul(_weights) + _hidden);
        Tensor down = sigmoid(Sample(_chains).matmul(_weights.t()) + _visible).bernoulli();
        Tensor upAgain = sigmoid(down.matmul(_weights) + _hidden);
        double loss = context.RequireFinite("loss", Loss(context, (data - down).pow(2).mean().ToDouble()));
        _weights.add_(data.t().matmul(up) - down.t().matmul(upAgain), alpha: Recipe.LearningRate / 10);
        _visible.add_((data - down).mean([0]), alpha: Recipe.LearningRate);
        _hidden.add_((up - upAgain).mean([0]), alpha: Recipe.LearningRate);
        _chains.copy_(down);
        return new() { ["loss"] = loss };
    }

    public override IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context) =>
        Mean(split, context, x => (sigmoid(Sample(x).matmul(_weights.t()) + _visible) - x).pow(2).mean().ToDouble());

    public override IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        Tensor chain = _chains.clone();
        for (int sweep = 0; sweep < 20; sweep++)
        {
            context.Report(sweep, 20);
            Thread.Sleep(Recipe.DrawPause);
            chain = sigmoid(Sample(chain).matmul(_weights.t()) + _visible).bernoulli();
        }

        context.Report(20, 20);
        return [new Picture("samples", "Samples", "Ten chains after twenty sweeps", (int)ToyData.Dimensions, 10, 1, Grey(chain))];
    }

    protected override void Dispose(bool disposing)
    {
        _weights.Dispose();
        _visible.Dispose();
        _hidden.Dispose();
        _chains.Dispose();
    }

    private Tensor Sample(Tensor visible) => sigmoid(visible.matmul(_weights) + _hidden).bernoulli();
}
