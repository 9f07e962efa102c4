using Replications.Claims;
using Replications.Datasets;
using Replications.Metrics.Annealing;
using Replications.Metrics.Averages;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbm;

/// <summary>
/// The variational bound of a deep Boltzmann machine, with <c>ln Z</c> exact where half of the layers can be enumerated, else by annealed importance
/// sampling. An estimate that fails its check is made again with twice the steps, and after the last doubling the bound is not given under its name.
/// </summary>
/// <param name="recipe">Runs, steps, mean field.</param>
/// <param name="machine">The machine; measured, not changed.</param>
/// <param name="data">Training images give the base rates.</param>
internal sealed class DbmLikelihood(DbmRecipe recipe, DeepBoltzmannMachine machine, DataSet data)
{
    private const long Chunk = 1000;

    private readonly MeanField _field = new(machine, recipe.BoundUpdates, recipe.MeanFieldTolerance);
    private (long Step, DoublingCheck Check)? _last;

    /// <summary>The measurements of a split.</summary>
    /// <param name="split">Split.</param>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Measurement> Measure(Split split, EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = new BernoulliSource(context.Seed, context.Step << 40);
        long kept = DeepBoltzmannMachine.Odd(machine.Biases).Sum(b => b.shape[0]), summed = DeepBoltzmannMachine.Even(machine.Biases).Sum(b => b.shape[0]);
        if (Math.Min(kept, summed) <= BipartiteMachine.Enumerable)
        {
            double exact = machine.Annealed(BaseRates(), random).ExactLogZ();
            return [Bound("nll_bound", exact, split, context), new Measurement("ln_z", exact, "nats", null, ErrorKind.None, 1)];
        }

        DoublingCheck check = Partition(random, context);
        LogPartition z = check.Printable;
        var measured = new List<Measurement>
        {
            Bound(check.Failure is null ? "nll_bound" : "nll_bound_unreliable", z.Value, split, context),
            new("ln_z", z.Value, "nats", (z.Upper - z.Value) / 3, ErrorKind.MetricDraws, z.Runs),
            new("ln_z_doubled", check.Fine.Value, "nats", (check.Fine.Upper - check.Fine.Value) / 3, ErrorKind.MetricDraws, check.Fine.Runs),
            new("ln_z_upper", z.Upper, "nats", null, ErrorKind.MetricDraws, z.Runs),
            new("annealing_steps", z.Steps, "steps", null, ErrorKind.None, 1),
            new("effective_runs", z.EffectiveRuns, "runs", null, ErrorKind.None, 1),
        };
        if (!z.IsOpen)
            measured.Add(new("ln_z_lower", z.Lower, "nats", null, ErrorKind.MetricDraws, z.Runs));
        return measured;
    }

    /// <summary>The same for every split of a step, and again the same in a resumed run: random numbers are a function of seed and step.</summary>
    private DoublingCheck Partition(BernoulliSource random, EvaluationContext context)
    {
        if (_last is { } last && last.Step == context.Step)
            return last.Check;
        var sampling = new AnnealedImportanceSampling(machine.Annealed(BaseRates(), random), context.Report);
        DoublingCheck check = DoublingCheck.Refined(sampling, AnnealingSchedule.Uniform(recipe.AnnealingSteps), recipe.AnnealingRuns, recipe.AnnealingDoublings);
        _last = (context.Step, check);
        return check;
    }

    /// <summary>Log-odds of the mean field's smoothed means over training images, of the odd layers.</summary>
    private torch.Tensor BaseRates()
    {
        torch.Tensor train = data.Examples(Split.Train);
        torch.Tensor v = train.narrow(0, 0, Math.Min(Chunk, train.shape[0])).to(torch.ScalarType.Float32);
        IEnumerable<torch.Tensor> all = [v, .. _field.Solve(v).Logits.Select(a => a.sigmoid_())];
        return BipartiteMachine.BaseRates(torch.cat([.. DeepBoltzmannMachine.Odd(all).Select(mu => mu.mean([0]))]));
    }

    private Measurement Bound(string name, double logZ, Split split, EvaluationContext context)
    {
        torch.Tensor examples = data.Examples(split);
        var values = new List<double>();
        for (long start = 0; start < examples.shape[0]; start += Chunk)
        {
            context.Report(start, examples.shape[0]);
            using IDisposable part = torch.NewDisposeScope();
            torch.Tensor v = examples.narrow(0, start, Math.Min(Chunk, examples.shape[0] - start)).to(torch.ScalarType.Float32);
            values.AddRange(_field.Bound(v, _field.Solve(v).Logits).Select(bound => logZ - bound));
        }

        PointMean mean = PointMean.Of([.. values]);
        return new Measurement(name, mean.Value, "nats", mean.StandardError, ErrorKind.TestPoints, mean.Count);
    }
}
