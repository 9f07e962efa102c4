using Replications.Datasets;
using Replications.Metrics.Averages;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Baselines;

/// <summary>
/// A mixture of K products of Bernoullis, <c>p(x) = sum_k pi_k prod_d mu_kd^x_d (1 - mu_kd)^(1 - x_d)</c>, fitted by EM. One step
/// is one full pass: responsibilities of all training images, then the smoothed maximum of the parameters. Products run in float32, sums
/// over images in float64.
/// </summary>
[Without("the component joins all pixels, in no order", typeof(IAutoregressive))]
public sealed class BernoulliMixture : ISubject, IDiscreteDensity
{
    // 5,000 x 500 responsibilities are 10 MB.
    private const long Portion = 5000;

    private readonly MixtureRecipe _recipe;
    private readonly DataSet _data;
    private readonly torch.Tensor _train;
    private readonly torch.Tensor _means;
    private readonly torch.Tensor _logWeights;

    /// <summary>Makes K fair coins of equal weight, to be set by <see cref="Initialise"/>.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Rows of bits, device.</param>
    public BernoulliMixture(MixtureRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        // As floats once, not at every pass: 157 MB for MNIST.
        _train = _data.Examples(Split.Train).to(torch.ScalarType.Float32).DetachFromDisposeScope();
        _means = torch.full(recipe.Components, _data.Shape[0], 0.5, dtype: torch.ScalarType.Float32, device: context.Device).DetachFromDisposeScope();
        _logWeights = torch.full(recipe.Components, -Math.Log(recipe.Components), dtype: torch.ScalarType.Float32, device: context.Device).DetachFromDisposeScope();
        Schedule = new Schedule
        {
            StepsPerEpoch = 1,
            MaxSteps = recipe.MaxPasses,
            EvaluateEvery = recipe.EvaluateEvery,
            MeasureAtEnd = [Split.Train, Split.Valid, Split.Test],
            SelectOn = "nll",
            Patience = recipe.Patience,
        };
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <summary>K D means and K - 1 free weights.</summary>
    public long Parameters => _means.numel() + _recipe.Components - 1;

    /// <inheritdoc/>
    public int Values => 2;

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        state.Tensor("means", _means);
        state.Tensor("log_weights", _logWeights);
    }

    /// <summary>Puts each component near a random training image.</summary>
    /// <param name="context">Seeded.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        long count = Math.Min(_recipe.Components, _train.shape[0]);
        torch.Tensor chosen = torch.randperm(_train.shape[0], device: _train.device).narrow(0, 0, count);
        torch.Tensor images = _train.index_select(0, chosen);
        long repeats = (_recipe.Components + images.shape[0] - 1) / images.shape[0];
        images = images.repeat(repeats, 1).narrow(0, 0, _recipe.Components);
        _means.copy_(((1 - _recipe.Contrast) / 2) + (_recipe.Contrast * images));
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        torch.Tensor counts = torch.zeros_like(_logWeights, dtype: torch.ScalarType.Float64);
        torch.Tensor sums = torch.zeros_like(_means, dtype: torch.ScalarType.Float64);
        torch.Tensor likelihood = torch.zeros(1, dtype: torch.ScalarType.Float64, device: _means.device);
        Portions.Each(_train, Portion, torch.ScalarType.Float32, (x, _) =>
        {
            // E-step: r_nk = p(k | x_n).
            torch.Tensor joint = LogJoint(x);
            torch.Tensor evidence = torch.logsumexp(joint, 1, keepdim: true);
            torch.Tensor responsibilities = (joint - evidence).exp_();
            likelihood.add_(evidence.sum(torch.ScalarType.Float64));
            counts.add_(responsibilities.sum(dim: 0, type: torch.ScalarType.Float64));
            sums.add_(responsibilities.t().matmul(x).to(torch.ScalarType.Float64));
        });
        long n = _data.Count(Split.Train);
        double loss = context.RequireFinite("loss", -likelihood.ToDouble() / n);

        // M-step.
        double a = _recipe.Smoothing;
        _means.copy_((sums + a) / (counts + (2 * a)).unsqueeze(1));
        _logWeights.copy_(((counts + a) / (n + (_recipe.Components * a))).log());
        return new() { ["loss"] = loss };
    }

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples)
    {
        using IDisposable grad = torch.no_grad();
        return Portions.Numbers(examples, Portion, torch.ScalarType.Float32, (x, _) => torch.logsumexp(LogJoint(x), 1));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        PointMean nll = PointMean.Of(LogProbability(_data.Examples(split))).Times(-1);
        context.Report(nll.Count, nll.Count);
        return [Measurement.Nll(nll)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        // 28 x 28 only: the other binary sets are not images.
        if (_data.Shape[0] != 784)
            return [];
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        int shown = Math.Min(_recipe.Components, 100);
        torch.Tensor heaviest = torch.argsort(_logWeights, descending: true).narrow(0, 0, shown);
        return
        [
            Tiles.Grey("components", "Components", $"Means of the {shown} heaviest of {_recipe.Components} components, heaviest first: blurred digits, each of one style.",
                _means.index_select(0, heaviest).reshape(-1, 28, 28), 10),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _train.Dispose();
        _means.Dispose();
        _logWeights.Dispose();
    }

    /// <summary><c>log pi_k + log p(x_n | k)</c>, <c>[N, K]</c>.</summary>
    private torch.Tensor LogJoint(torch.Tensor x)
    {
        torch.Tensor off = torch.log1p(-_means);
        return x.matmul((_means.log() - off).t()) + off.sum(1) + _logWeights;
    }
}
