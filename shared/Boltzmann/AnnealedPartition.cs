using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>
/// <c>ln Z</c> of a machine in training, made once for all splits of a step: by enumeration where that can be done, else by annealed importance sampling, whose
/// random numbers are a function of seed and step alone, so that a resumed run which has to make it again makes the same.
/// </summary>
/// <param name="machine">The path of annealing, made with the random bits it is to use; lives in the caller's scope.</param>
/// <param name="schedule">Inverse temperatures to begin with.</param>
/// <param name="runs">Independent chains.</param>
/// <param name="doublings">Doublings of the steps tried until an estimate passes its check.</param>
public sealed class AnnealedPartition(Func<BernoulliSource, BipartiteMachine> machine, AnnealingSchedule schedule, int runs, int doublings)
{
    private (long Seed, long Step, PartitionEstimate Estimate)? _last;

    /// <summary>ln Z at a step.</summary>
    /// <param name="context">Progress, seed, step.</param>
    public PartitionEstimate At(EvaluationContext context)
    {
        if (_last is { } last && (last.Seed, last.Step) == (context.Seed, context.Step))
            return last.Estimate;
        using IDisposable scope = torch.NewDisposeScope();
        using var random = new BernoulliSource(context.Seed, context.Step << 40);
        BipartiteMachine path = machine(random);
        PartitionEstimate estimate = path.IsEnumerable
            ? PartitionEstimate.Exact(path.ExactLogZ())
            : PartitionEstimate.Of(DoublingCheck.Refined(new AnnealedImportanceSampling(path, context.Report), schedule, runs, doublings));
        _last = (context.Seed, context.Step, estimate);
        return estimate;
    }
}
