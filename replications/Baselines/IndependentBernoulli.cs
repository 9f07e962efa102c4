using Replications.Datasets;
using Replications.Metrics.Averages;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Baselines;

/// <summary>Constants of the independent Bernoulli model.</summary>
public sealed record IndependentBernoulliRecipe : Recipe
{
    /// <summary>Pseudo-counts of one and of zero added to each pixel's counts (add-one smoothing): a pixel never set in training keeps a probability.</summary>
    [Positive]
    public double Smoothing { get; init; } = 1;
}

/// <summary>Each pixel an independent Bernoulli variable with its smoothed frequency in the training images: what knowing the mean image alone is worth.</summary>
[Without("no pixel depends on another", typeof(IAutoregressive))]
public sealed class IndependentBernoulli : ISubject, IDiscreteDensity
{
    private readonly IndependentBernoulliRecipe _recipe;
    private readonly DataSet _data;
    private readonly torch.Tensor _frequencies;

    /// <summary>Makes fair coins, to be fitted by <see cref="Initialise"/>.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Rows of bits, device.</param>
    public IndependentBernoulli(IndependentBernoulliRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        _frequencies = torch.full(_data.Shape[0], 0.5, dtype: torch.ScalarType.Float64, device: context.Device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; } = new() { StepsPerEpoch = 1, MaxSteps = 0, MeasureAtEnd = [Split.Train, Split.Valid, Split.Test] };

    /// <inheritdoc/>
    public long Parameters => _data.Shape[0];

    /// <inheritdoc/>
    public int Values => 2;

    /// <inheritdoc/>
    public void Register(SubjectState state) => state.Tensor("frequencies", _frequencies);

    /// <summary>Counts the training split.</summary>
    /// <param name="context">Where a value that is not finite is reported.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        torch.Tensor counts = _data.Examples(Split.Train).to(torch.ScalarType.Float64).sum(dim: 0);
        context.RequireFinite("counts", counts.sum().ToDouble());
        _frequencies.copy_((counts + _recipe.Smoothing) / (_data.Count(Split.Train) + (2 * _recipe.Smoothing)));
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context) => [];

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        torch.Tensor x = examples.to(torch.ScalarType.Float64);
        torch.Tensor off = torch.log1p(-_frequencies);
        return (x.matmul(_frequencies.log() - off) + off.sum()).cpu().data<double>().ToArray();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        PointMean nll = PointMean.Of(LogProbability(_data.Examples(split))).Times(-1);
        return [Measurement.Nll(nll)];
    }

    /// <inheritdoc/>
    public void Dispose() => _frequencies.Dispose();
}
