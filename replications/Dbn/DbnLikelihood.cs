using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Metrics.Annealing;
using Replications.Metrics.Averages;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbn;

/// <summary>The variational bound of a deep belief network, with <c>ln Z</c> of its top exact or by annealed importance sampling, refused where that fails its check.</summary>
internal sealed class DbnLikelihood
{
    private const long Portion = 1000;

    private readonly DbnRecipe _recipe;
    private readonly DeepBeliefNetwork _network;
    private readonly DataSet _data;
    private readonly AnnealedPartition _partition;

    /// <summary>Makes the measure of a network.</summary>
    /// <param name="recipe">Runs, steps, draws.</param>
    /// <param name="network">The network; measured, not changed.</param>
    /// <param name="data">Training images give the base rates.</param>
    public DbnLikelihood(DbnRecipe recipe, DeepBeliefNetwork network, DataSet data)
    {
        (_recipe, _network, _data) = (recipe, network, data);
        _partition = new AnnealedPartition(Top, AnnealingSchedule.LikePublished(recipe.AnnealingSteps), recipe.AnnealingRuns, recipe.AnnealingDoublings);
    }

    /// <summary>The measurements of a split.</summary>
    /// <param name="split">Split.</param>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Measurement> Measure(Split split, EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        PartitionEstimate z = _partition.At(context);
        BipartiteMachine top = Top(random);
        var values = new List<double>();
        Portions.Each(_data.Examples(split), Portion, torch.ScalarType.Float32, (v, _) => values.AddRange(Bounds(v, top, z.Value, random)), context.Report);
        return z.With("nll_bound", PointMean.Of([.. values]).Times(-1));
    }

    /// <summary>The path of annealing of the RBM on top, from the mean of what the layer below says of the first 10,000 training images.</summary>
    private BipartiteMachine Top(BernoulliSource random)
    {
        torch.Tensor train = _data.Examples(Split.Train);
        torch.Tensor some = train.narrow(0, 0, Math.Min(10 * Portion, train.shape[0])).to(torch.ScalarType.Float32);
        return _network.Top.Annealed(BipartiteMachine.BaseRates(_network.PosteriorLogits(some).sigmoid().mean([0])), random);
    }

    /// <summary>The mean over draws of the bound of each example, nats.</summary>
    private double[] Bounds(torch.Tensor v, BipartiteMachine top, double logZ, BernoulliSource random)
    {
        double[] sums = new double[v.shape[0]];
        for (int draw = 0; draw < _recipe.BoundDraws; draw++)
        {
            (torch.Tensor terms, torch.Tensor h) = _network.DrawBound(v, random);
            double[] own = terms.to(torch.ScalarType.Float64).cpu().data<double>().ToArray(), f = top.LogUnnormalised(h);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += (own[i] + f[i] - logZ) / _recipe.BoundDraws;
        }

        return sums;
    }
}
