using Replications.Boltzmann;
using Replications.Claims;
using Replications.Datasets;
using Replications.Metrics.Annealing;
using Replications.Metrics.Averages;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Rbm;

/// <summary>
/// Likelihoods of an RBM: exact where the hidden units can be enumerated, else with <c>ln Z</c> by annealed importance sampling from the base-rate
/// model. An estimate that fails its check is made again with twice the steps, and after the last doubling it is not given as a likelihood at all.
/// </summary>
internal sealed class RbmLikelihood
{
    // Of each point: the mean of as many probabilities, since a single chain's logarithm lies far below that of their mean. Not in the recipe: the records of
    // CD-1 and CD-3, made with one chain, would be completed with twenty.
    private const int ReverseChains = 20;

    private readonly RbmRecipe _recipe;
    private readonly RestrictedBoltzmannMachine _machine;
    private readonly DataSet _data;
    private readonly AnnealedPartition _partition;

    /// <summary>Makes the measure of a machine.</summary>
    /// <param name="recipe">Runs, steps.</param>
    /// <param name="machine">The machine; measured, not changed.</param>
    /// <param name="data">Training images give the base rates.</param>
    public RbmLikelihood(RbmRecipe recipe, RestrictedBoltzmannMachine machine, DataSet data)
    {
        (_recipe, _machine, _data) = (recipe, machine, data);
        _partition = new AnnealedPartition(
            random => machine.Annealed(BaseRates(), random), AnnealingSchedule.LikePublished(recipe.AnnealingSteps), recipe.AnnealingRuns, recipe.AnnealingDoublings);
    }

    /// <summary>Log-odds of the smoothed pixel means, <c>[visible]</c>.</summary>
    public torch.Tensor BaseRates()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor means = _data.Examples(Split.Train).to(torch.ScalarType.Float32).mean([0]);
        return BipartiteMachine.BaseRates(means).MoveToOuterDisposeScope();
    }

    /// <summary>Exact log-probability of each example, nats; of a machine small enough.</summary>
    /// <param name="examples">Bits, <c>[N, visible]</c>.</param>
    public double[] LogProbability(torch.Tensor examples)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = new BernoulliSource(0);
        BipartiteMachine path = _machine.Annealed(BaseRates(), random);
        double logZ = path.ExactLogZ();
        return [.. path.LogUnnormalised(examples).Select(f => f - logZ)];
    }

    /// <summary>A short estimate on the way, under a name of its own: too few steps overstate the likelihood.</summary>
    /// <param name="split">Split.</param>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Measurement> CheckUp(Split split, EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var random = BernoulliSource.Seeded();
        BipartiteMachine path = _machine.Annealed(BaseRates(), random);
        var sampling = new AnnealedImportanceSampling(path, context.Report);
        LogPartition z = sampling.Estimate(AnnealingSchedule.LikePublished(_recipe.CheckupSteps), _recipe.AnnealingRuns);
        PointMean nll = Nll(path, split, z.Value);
        return
        [
            Measurement.Nll(nll, "nll_short"),
            new Measurement("ln_z_short", z.Value, "nats", null, ErrorKind.MetricDraws, z.Runs),
        ];
    }

    /// <summary>The measurements that count.</summary>
    /// <param name="split">Split.</param>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Measurement> Measure(Split split, EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        BipartiteMachine path = _machine.Annealed(BaseRates(), random);
        PartitionEstimate z = _partition.At(context);
        List<Measurement> measured = [.. z.With("nll", Nll(path, split, z.Value))];
        if (split == Split.Test && !z.IsExact && _recipe.ReversePoints > 0)
            measured.AddRange(Reverse(path, split, z.Value, context));
        return measured;
    }

    /// <summary>
    /// The likelihood of some points by reverse annealing, and how far it lies above that of the same points with <c>ln Z</c>. In expectation it is no less than the
    /// negative log-likelihood of the model that annealing itself defines; that model is the machine's where annealing is slow enough.
    /// </summary>
    private List<Measurement> Reverse(BipartiteMachine path, Split split, double logZ, EvaluationContext context)
    {
        torch.Tensor points = _data.Examples(split).index_select(0, _data.EvenlySpaced(split, _recipe.ReversePoints)).to(torch.ScalarType.Float32);
        int count = (int)points.shape[0];
        double[] weights = new AnnealedImportanceSampling(path, context.Report)
            .Reverse(points.repeat(ReverseChains, 1), AnnealingSchedule.LikePublished(_recipe.AnnealingSteps));
        var mean = new LogMeanExp(count);
        for (int chain = 0; chain < ReverseChains; chain++)
            mean.Add([.. weights.AsSpan(chain * count, count).ToArray().Select(w => -w)]);
        double[] f = path.LogUnnormalised(points), found = mean.Result();
        double baseLogZ = path.BaseLogZ;
        PointMean reverse = PointMean.Of([.. f.Select((value, i) => baseLogZ - value - found[i])]);
        PointMean gap = PointMean.Of([.. found.Select(value => baseLogZ - logZ - value)]);
        return
        [
            Measurement.Nll(reverse, "nll_reverse"),
            Measurement.Nll(gap, "nll_reverse_gap"),
        ];
    }

    private PointMean Nll(BipartiteMachine path, Split split, double logZ) =>
        PointMean.Of([.. path.LogUnnormalised(_data.Examples(split)).Select(f => logZ - f)]);
}
