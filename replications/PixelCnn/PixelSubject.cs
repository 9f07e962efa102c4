using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Metrics.Averages;
using Replications.Metrics.Units;
using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;

namespace Replications.PixelCnn;

/// <summary>A PixelCNN or PixelRNN in training: one network, one optimiser, an average of the weights that is evaluated.</summary>
public sealed class PixelSubject : ISubject, IDiscreteDensity, IAutoregressive, IConditional
{
    private const long Portion = 100;

    private readonly PixelRecipe _recipe;
    private readonly DataSet _data;
    private readonly ImageShape _shape;
    private readonly PixelLikelihood _likelihood;
    private readonly PixelNetwork _network;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly Batches _batches;

    /// <summary>Makes the network with fresh weights.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Images, device, seed.</param>
    public PixelSubject(PixelRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        if (recipe.ClassConditional)
            _data.RequireClasses(recipe.Classes);
        _shape = ImageShape.Of(_data.Shape);
        _likelihood = new PixelLikelihood(recipe.Output, _shape);
        _network = PixelNetwork.Of(recipe, _shape).to(context.Device);
        _optimizer = recipe.UpdateRule == UpdateRule.RmsProp
            ? torch.optim.RMSProp(_network.parameters(), recipe.Rate)
            : torch.optim.Adam(_network.parameters(), recipe.Rate);
        _average = recipe.AverageDecay > 0 ? WeightAverage.Exponential(_network, recipe.AverageDecay) : null;
        _batches = new Batches(_data, Split.Train, recipe.BatchSize, context.Seed);
        Schedule = new Schedule
        {
            StepsPerEpoch = _batches.PerEpoch,
            MaxSteps = _batches.PerEpoch * recipe.MaxEpochs,
            // CIFAR-10 comes without a validation split, and the paper does not describe its own: the last weights are measured, once.
            EvaluateEvery = recipe.Output == PixelOutput.Bernoulli ? _batches.PerEpoch : 0,
            SelectOn = recipe.Output == PixelOutput.Bernoulli ? "nll" : null,
            Patience = recipe.Output == PixelOutput.Bernoulli ? recipe.LookAhead : 0,
            MeasureAtEnd = recipe.Output == PixelOutput.Bernoulli ? [Split.Valid, Split.Test] : [Split.Test],
        };
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public long Parameters => _network.parameters().Sum(p => p.numel());

    /// <inheritdoc/>
    public int Values => _likelihood.Values;

    /// <inheritdoc/>
    public int Orders => 1;

    /// <inheritdoc/>
    public bool IsConditional => _recipe.ClassConditional;

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        state.Module("network", _network);
        state.Optimizer("optimizer", _optimizer);
        _average?.Register(state, "average");
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor x = _batches.Examples(context.Epoch, context.Batch).to(torch.ScalarType.Float32);
        // A pixel that is not a number has no class: the loss would be an error, and this is a run that diverged.
        if (_recipe.Output == PixelOutput.Softmax256)
            context.RequireFinite("pixels", x.sum().ToDouble());
        torch.Tensor? classes = _recipe.ClassConditional ? _batches.Labels(context.Epoch, context.Batch) : null;
        // The mean over values keeps the gradient, and with it the clipping, independent of the size of the images.
        torch.Tensor nll = _likelihood.Nll(_network.call(_likelihood.Scale(x), classes), x).mean();
        double rate = _recipe.Rate * Math.Pow(_recipe.RateDecay, context.Step);
        double loss = Update.Apply(context, _optimizer, nll / _shape.Dimensions, _recipe.ClipNorm, _average, rate) * _shape.Dimensions;
        return new() { ["loss"] = loss };
    }

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples) => LogProbability(examples, null, (_, _) => { });

    /// <inheritdoc/>
    public (torch.Tensor Outputs, int[] Position) Conditionals(torch.Tensor examples, int order)
    {
        torch.Tensor logits = _network.call(_likelihood.Scale(examples), NoClass(examples.shape[0]));
        long n = examples.shape[0], k = logits.shape[1] / _shape.Colours;
        // One number for each value that all its logits enter.
        torch.Tensor outputs = logits.reshape(n, _shape.Colours, k, -1) * torch.arange(1, k + 1, device: logits.device).reshape(1, 1, k, 1);
        return (outputs.sum(2).reshape(n, -1), PixelOrder.Raster(_shape.Colours, _shape.Height * _shape.Width));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        double[] values = LogProbability(_data.Examples(split), _recipe.ClassConditional ? _data.Labels(split) : null, context.Report);
        PointMean nll = PointMean.Of(values).Times(-1);
        return [_recipe.Output == PixelOutput.Bernoulli ? Measurement.Nll(nll) : Measurement.Bpd(nll, _shape.Dimensions, BitsPerDim.OfDiscrete)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable? averaged = _average?.InPlace();
        return new PixelPictures(_network, _likelihood, _shape, _data, _recipe).Draw(context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _average?.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _batches.Dispose();
    }

    private torch.Tensor? NoClass(long count) =>
        _recipe.ClassConditional ? torch.zeros(count, torch.ScalarType.Int64, device: _data.Examples(Split.Train).device) : null;

    private double[] LogProbability(torch.Tensor examples, torch.Tensor? classes, Action<long, long> report)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable? averaged = _average?.InPlace();
        return Portions.Numbers(examples, Portion, torch.ScalarType.Float32, (x, start) =>
            -_likelihood.Nll(_network.call(_likelihood.Scale(x), classes?.narrow(0, start, x.shape[0]) ?? NoClass(x.shape[0])), x), report);
    }
}
