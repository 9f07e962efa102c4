using Replications.Claims;
using Replications.Datasets;
using Replications.Metrics.Averages;
using Replications.Metrics.Units;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Baselines;

/// <summary>The uniform distribution has no constants.</summary>
public sealed record UniformRecipe : Recipe;

/// <summary>Every value of every pixel has the same probability: 8 bits per dimension, the row "Uniform distribution" of PixelRNN, Table 5.</summary>
[Without("no value depends on another", typeof(IAutoregressive))]
public sealed class Uniform : ISubject, IDiscreteDensity
{
    private readonly DataSet _data;
    private readonly torch.Tensor _logProbability;

    /// <summary>Makes the distribution.</summary>
    /// <param name="data">Images of 8-bit pixels.</param>
    public Uniform(DataSet data)
    {
        _data = data;
        _logProbability = torch.full(Values, -Math.Log(Values), dtype: torch.ScalarType.Float64, device: data.Examples(Split.Test).device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; } = new() { StepsPerEpoch = 1, MaxSteps = 0, MeasureAtEnd = [Split.Test] };

    /// <inheritdoc/>
    public long Parameters => 0;

    /// <inheritdoc/>
    public int Values => 256;

    /// <inheritdoc/>
    public void Register(SubjectState state) => state.Tensor("log_probability", _logProbability);

    /// <inheritdoc/>
    public Scalars Step(StepContext context) => [];

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor pixels = examples.flatten().to(torch.ScalarType.Int64);
        return _logProbability.index_select(0, pixels).reshape(examples.shape[0], -1).sum(1).cpu().data<double>().ToArray();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        double nll = -PointMean.Of(LogProbability(_data.Examples(split))).Value;
        long dimensions = _data.Shape.Aggregate(1L, (a, b) => a * b);
        return [new Measurement("bpd", BitsPerDim.OfDiscrete(nll, dimensions), "bits/dim", null, ErrorKind.None, _data.Count(split))];
    }

    /// <inheritdoc/>
    public void Dispose() => _logProbability.Dispose();
}
