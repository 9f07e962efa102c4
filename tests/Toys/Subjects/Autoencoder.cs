using Replications.Datasets;
using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.Toys.Subjects;

/// <summary>One network by gradient: Adam, clipping, dropout noise, batch statistics, averaged weights, a rate that falls, patience.</summary>
public sealed class Autoencoder : Toy
{
    private readonly Sequential _net;
    private readonly optim.Optimizer _adam;
    private readonly WeightAverage _average;

    public Autoencoder(ToyRecipe recipe, SubjectContext context)
        : base(recipe, context)
    {
        _net = Sequential(
            Linear(ToyData.Dimensions, recipe.Hidden), BatchNorm1d(recipe.Hidden), ReLU(), Dropout(0.2), Linear(recipe.Hidden, ToyData.Dimensions))
            .to(context.Device);
        _adam = optim.Adam(_net.parameters(), recipe.LearningRate);
        _average = WeightAverage.Exponential(_net, 0.8);
    }

    public override long Parameters => _net.parameters().Sum(p => p.numel());

    public override void Register(SubjectState state)
    {
        state.Module("net", _net);
        state.Optimizer("adam", _adam);
        _average.Register(state, "average");
    }

    public override Scalars Step(StepContext context)
    {
        if (Recipe.Pace == Pace.HalfWay && context.Step == Recipe.Steps / 2)
        {
            foreach (optim.ILearningRateController group in _adam.ParamGroups)
                group.LearningRate /= 2;
        }

        _net.train();
        Tensor x = Batch();
        Tensor loss = functional.binary_cross_entropy_with_logits(_net.call(x), x);
        if (context.Step == Recipe.NanAt)
            loss = loss * double.NaN;
        return new() { ["loss"] = Update.Apply(context, _adam, loss, clipNorm: 1, average: _average) };
    }

    public override IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        _net.eval();
        using IDisposable averaged = _average.InPlace();
        using IDisposable still = no_grad();
        return Mean(split, context, x => functional.binary_cross_entropy_with_logits(_net.call(x), x).ToDouble());
    }

    public override IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        _net.eval();
        using IDisposable still = no_grad();
        Tensor x = Data.Examples(Split.Test).narrow(0, 0, 6).to_type(ScalarType.Float32);
        Tensor drawn = cat([x, sigmoid(_net.call(x)), rand_like(x)], 1);
        context.Report(1, 1);
        return [new Picture("reconstructions", "Reconstructions", "Input, reconstruction, noise", 3 * (int)ToyData.Dimensions, 6, 1, Grey(drawn))];
    }

    protected override void Dispose(bool disposing)
    {
        _average.Dispose();
        _adam.Dispose();
        _net.Dispose();
    }
}
