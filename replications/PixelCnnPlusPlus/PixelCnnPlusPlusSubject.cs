using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Metrics.Averages;
using Replications.Metrics.Units;
using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;

namespace Replications.PixelCnnPlusPlus;

/// <summary>PixelCNN++ in training: the network, its optimiser and the average of its weights that is tested.</summary>
public sealed class PixelCnnPlusPlusSubject : ISubject, IDiscreteDensity, IAutoregressive, IConditional
{
    private const long Portion = 64;

    // The official code has 1e-8 inside the root: the denominators are sqrt(m + 1e-8) there and sqrt(m) + 1e-4 here. They agree to one part in a hundred
    // where the root mean square of a gradient is above 0.01, which those of sums over images are: README.md has what was seen.
    private const double Epsilon = 1e-4;

    private readonly PixelCnnPlusPlusRecipe _recipe;
    private readonly DataSet _data;
    private readonly int _colours;
    private readonly LogisticMixture _likelihood;
    private readonly PixelCnnPlusPlusNetwork _network;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly WeightAverage _average;
    private readonly Batches _batches;

    /// <summary>Makes the network with fresh weights.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Images <c>[C, H, W]</c>, device, seed.</param>
    public PixelCnnPlusPlusSubject(PixelCnnPlusPlusRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        if (recipe.ClassConditional)
            _data.RequireClasses(recipe.Classes);
        _colours = (int)_data.Shape[0];
        _likelihood = new LogisticMixture(recipe.Mixtures, _colours);
        _network = new PixelCnnPlusPlusNetwork(recipe, _colours).to(context.Device);
        _optimizer = torch.optim.Adam(_network.parameters(), recipe.Rate, recipe.Beta1, recipe.Beta2, Epsilon);
        _average = WeightAverage.Exponential(_network, recipe.AverageDecay);
        _batches = new Batches(_data, Split.Train, recipe.BatchSize, context.Seed, Remainder.Dropped);
        Schedule = new Schedule
        {
            StepsPerEpoch = _batches.PerEpoch,
            MaxSteps = recipe.Updates,
            // CIFAR-10 comes without a validation split: the last average is measured, once.
            MeasureAtEnd = [Split.Test],
        };
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public long Parameters => _network.parameters().Sum(p => p.numel());

    /// <inheritdoc/>
    public int Values => LogisticMixture.Levels;

    /// <inheritdoc/>
    public int Orders => 1;

    /// <inheritdoc/>
    public bool IsConditional => _recipe.ClassConditional;

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        state.Module("network", _network);
        state.Optimizer("optimizer", _optimizer);
        _average.Register(state, "average");
    }

    /// <summary>Chooses lengths and biases from a first batch, with dropout, as the official code does.</summary>
    /// <param name="context">Step 0.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var first = new Batches(_data, Split.Train, (int)Math.Min(_recipe.InitialBatch, _data.Count(Split.Train)), context.Seed);
        torch.Tensor x = first.Examples(0, 0).to(torch.ScalarType.Float32);
        // Here is no loss that would show a pixel that is not a number before it has reached the weights.
        context.RequireFinite("pixels", x.sum().ToDouble());
        _network.train();
        _network.Initialise(LogisticMixture.Scale(x), _recipe.ClassConditional ? first.Labels(0, 0) : null);
        _average.Restart();
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor x = LogisticMixture.Scale(_batches.Examples(context.Epoch, context.Batch).to(torch.ScalarType.Float32));
        torch.Tensor? classes = _recipe.ClassConditional ? _batches.Labels(context.Epoch, context.Batch) : null;
        _network.train();
        // The sum over images, as in the official code.
        torch.Tensor nll = _likelihood.Nll(_network.call(x, classes), x).sum();
        // There it is multiplied before the update.
        double rate = _recipe.Rate * Math.Pow(_recipe.RateDecay, context.Step + 1);
        return new() { ["loss"] = Update.Apply(context, _optimizer, nll, average: _average, rate: rate) / x.shape[0] };
    }

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples) => LogProbability(examples, null, (_, _) => { });

    /// <inheritdoc/>
    public (torch.Tensor Outputs, int[] Position) Conditionals(torch.Tensor examples, int order)
    {
        _network.eval();
        torch.Tensor x = LogisticMixture.Scale(examples);
        torch.Tensor outputs = _likelihood.Summary(_network.call(x, Classes(null, x.shape[0])), x);
        int pixels = (int)(x.shape[2] * x.shape[3]);
        return (outputs.reshape(x.shape[0], -1), PixelOrder.Raster(_colours, pixels));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        long count = Math.Min(_data.Count(split), _recipe.TestImages);
        using torch.Tensor examples = _data.Examples(split).narrow(0, 0, count);
        using torch.Tensor? labels = _recipe.ClassConditional ? _data.Labels(split).narrow(0, 0, count) : null;
        PointMean nll = PointMean.Of(LogProbability(examples, labels, context.Report)).Times(-1);
        return [Measurement.Bpd(nll, _data.Dimensions, BitsPerDim.OfDiscrete)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable averaged = _average.InPlace();
        _network.eval();
        return new PixelCnnPlusPlusPictures(_network, _likelihood, _data, _recipe).Draw(context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _average.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _batches.Dispose();
    }

    /// <summary>The classes of some images; the first class where none are told.</summary>
    private torch.Tensor? Classes(torch.Tensor? labels, long count) =>
        _recipe.ClassConditional ? labels ?? torch.zeros(count, torch.ScalarType.Int64, device: _data.Examples(Split.Train).device) : null;

    private double[] LogProbability(torch.Tensor examples, torch.Tensor? labels, Action<long, long> report)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable averaged = _average.InPlace();
        _network.eval();
        return Portions.Numbers(examples, Portion, torch.ScalarType.Float32, (values, start) =>
        {
            torch.Tensor x = LogisticMixture.Scale(values);
            return -_likelihood.Nll(_network.call(x, Classes(labels?.narrow(0, start, x.shape[0]), x.shape[0])), x);
        }, report);
    }
}
