using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Metrics.Annealing;
using Replications.Metrics.Averages;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbm;

/// <summary>
/// The variational bound of a deep Boltzmann machine, with <c>ln Z</c> exact where half of the layers can be enumerated, else by annealed importance
/// sampling. An estimate that fails its check is made again with twice the steps, and after the last doubling the bound is not given under its name.
/// </summary>
internal sealed class DbmLikelihood
{
    private const long Portion = 1000;

    private readonly DeepBoltzmannMachine _machine;
    private readonly DataSet _data;
    private readonly MeanField _field;
    private readonly AnnealedPartition _partition;

    /// <summary>Makes the measure of a machine.</summary>
    /// <param name="recipe">Runs, steps, mean field.</param>
    /// <param name="machine">The machine; measured, not changed.</param>
    /// <param name="data">Training images give the base rates.</param>
    public DbmLikelihood(DbmRecipe recipe, DeepBoltzmannMachine machine, DataSet data)
    {
        (_machine, _data) = (machine, data);
        _field = new MeanField(machine, recipe.BoundUpdates, recipe.MeanFieldTolerance);
        _partition = new AnnealedPartition(
            random => machine.Annealed(BaseRates(), random), AnnealingSchedule.Uniform(recipe.AnnealingSteps), recipe.AnnealingRuns, recipe.AnnealingDoublings);
    }

    /// <summary>The measurements of a split.</summary>
    /// <param name="split">Split.</param>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Measurement> Measure(Split split, EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        PartitionEstimate z = _partition.At(context);
        var values = new List<double>();
        Portions.Each(_data.Examples(split), Portion, torch.ScalarType.Float32, (v, _) => values.AddRange(_field.Bound(v, _field.Solve(v).Logits).Select(bound => z.Value - bound)), context.Report);
        return z.With("nll_bound", PointMean.Of([.. values]));
    }

    /// <summary>Log-odds of the mean field's smoothed means over the first 1,000 training images, of the odd layers.</summary>
    private torch.Tensor BaseRates()
    {
        torch.Tensor train = _data.Examples(Split.Train);
        torch.Tensor v = train.narrow(0, 0, Math.Min(Portion, train.shape[0])).to(torch.ScalarType.Float32);
        IEnumerable<torch.Tensor> all = [v, .. _field.Solve(v).Logits.Select(a => a.sigmoid_())];
        return BipartiteMachine.BaseRates(torch.cat([.. DeepBoltzmannMachine.Odd(all).Select(mu => mu.mean([0]))]));
    }
}
