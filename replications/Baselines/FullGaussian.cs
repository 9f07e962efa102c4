using Replications.Datasets;
using Replications.Metrics.Averages;
using Replications.Metrics.Units;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Baselines;

/// <summary>Constants of the Gaussian: PixelRNN quotes the row without saying how it was fitted, so these are ours.</summary>
public sealed record FullGaussianRecipe : Recipe
{
    /// <summary>Variance of the dequantisation noise u ~ U[0,1) added to each pixel: 1/12.</summary>
    [Within("[0,100)")]
    public double NoiseVariance { get; init; } = 1.0 / 12;

    /// <summary>Added to the diagonal of the covariance, in squared pixel values. None is needed with 50,000 images of 3,072 dimensions.</summary>
    [NotNegative]
    public double Ridge { get; init; }
}

/// <summary>
/// A Gaussian with full covariance on dequantised pixels x + u in [0,256): the row "Multivariate Gaussian" of PixelRNN, Table 5.
/// Maximum likelihood in closed form. The expectation over the noise u is taken exactly, in the fit (mean + 1/2,
/// covariance + I/12) and in the score, <c>E[log N(x + u)] = log N(x + 1/2) - tr(S^-1)/24</c>, so the number has no noise of its own.
/// </summary>
[Without("its density is of real numbers", typeof(IDiscreteDensity))]
[Without("one covariance joins all values, in no order", typeof(IAutoregressive))]
public sealed class FullGaussian : ISubject
{
    // 5,000 x 3,072 float64 are 123 MB.
    private const long Portion = 5000;

    private readonly FullGaussianRecipe _recipe;
    private readonly DataSet _data;
    private readonly long _dimensions;
    private readonly torch.Tensor _mean;
    private readonly torch.Tensor _whitener;

    /// <summary>Makes a standard normal, to be fitted by <see cref="Initialise"/>.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Images of 8-bit pixels, device.</param>
    public FullGaussian(FullGaussianRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        _dimensions = _data.Shape.Aggregate(1L, (a, b) => a * b);
        _mean = torch.zeros(_dimensions, dtype: torch.ScalarType.Float64, device: context.Device).DetachFromDisposeScope();
        _whitener = torch.eye(_dimensions, dtype: torch.ScalarType.Float64, device: context.Device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; } = new() { StepsPerEpoch = 1, MaxSteps = 0, MeasureAtEnd = [Split.Test] };

    /// <summary>Mean and the free half of the covariance.</summary>
    public long Parameters => _dimensions + (_dimensions * (_dimensions + 1) / 2);

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        state.Tensor("mean", _mean);
        state.Tensor("whitener", _whitener);
    }

    /// <summary>Fits mean and covariance to the training split; the state keeps <c>L^-1</c> of the covariance's Cholesky factor L.</summary>
    /// <param name="context">Where a value that is not finite is reported.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        long n = _data.Count(Split.Train);
        torch.Tensor sum = torch.zeros_like(_mean), products = torch.zeros_like(_whitener);
        Portions.Each(_data.Examples(Split.Train), Portion, torch.ScalarType.Float64, (pixels, _) =>
        {
            torch.Tensor x = pixels.reshape(-1, _dimensions);
            sum.add_(x.sum(dim: 0));
            products.add_(x.t().matmul(x));
        });
        torch.Tensor mean = sum / n;
        torch.Tensor identity = torch.eye(_dimensions, dtype: torch.ScalarType.Float64, device: _mean.device);
        torch.Tensor covariance = (products / n) - torch.outer(mean, mean) + (identity * (_recipe.NoiseVariance + _recipe.Ridge));
        context.RequireFinite("covariance", covariance.sum().ToDouble());
        torch.Tensor factor = torch.linalg.cholesky(covariance);
        _whitener.copy_(torch.linalg.solve_triangular(factor, identity, upper: false));
        _mean.copy_(mean + 0.5);
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context) => [];

    /// <summary>Expected log-density of dequantised pixels under the noise, nats on [0,256).</summary>
    /// <param name="x">Pixels without noise, <c>[N, D]</c> float64.</param>
    /// <returns><c>[N]</c> float64.</returns>
    public torch.Tensor ExpectedLogDensity(torch.Tensor x)
    {
        torch.Tensor z = (x + 0.5 - _mean).matmul(_whitener.t());
        torch.Tensor constant = (0.5 * _dimensions * Math.Log(2 * Math.PI)) - _whitener.diagonal().log().sum()
            + TraceTerm();
        return (-0.5 * (z * z).sum(1)) - constant;
    }

    /// <summary>What the noise costs in expectation: <c>tr(S^-1) Var(u) / 2</c>, nats. <c>S^-1 = W^T W</c> of the whitener W.</summary>
    public double TraceTerm() => 0.5 * _recipe.NoiseVariance * _whitener.square().sum().ToDouble();

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        using IDisposable grad = torch.no_grad();
        PointMean nll = PointMean.Of(
            Portions.Numbers(_data.Examples(split), Portion, torch.ScalarType.Float64, (x, _) => ExpectedLogDensity(x.reshape(-1, _dimensions)), context.Report)).Times(-1);
        return [Measurement.Bpd(nll, _dimensions, BitsPerDim.OfDensityOn256)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _whitener.Dispose();
    }
}
