using Replications.Claims;
using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>
/// <c>ln Z</c> of a machine in training by annealed importance sampling, made once for all splits of a step. Its random numbers are a function of seed and
/// step alone, so that a resumed run which has to make it again makes the same.
/// </summary>
/// <param name="machine">The path of annealing, made with the random bits it is to use; lives in the caller's scope.</param>
/// <param name="schedule">Inverse temperatures to begin with.</param>
/// <param name="runs">Independent chains.</param>
/// <param name="doublings">Doublings of the steps tried until an estimate passes its check.</param>
public sealed class AnnealedPartition(Func<BernoulliSource, BipartiteMachine> machine, AnnealingSchedule schedule, int runs, int doublings)
{
    private (long Seed, long Step, DoublingCheck Check)? _last;

    /// <summary>The estimate of a step, with its check.</summary>
    /// <param name="context">Progress, seed, step.</param>
    public DoublingCheck At(EvaluationContext context)
    {
        if (_last is { } last && (last.Seed, last.Step) == (context.Seed, context.Step))
            return last.Check;
        using IDisposable scope = torch.NewDisposeScope();
        using var random = new BernoulliSource(context.Seed, context.Step << 40);
        var check = DoublingCheck.Refined(new AnnealedImportanceSampling(machine(random), context.Report), schedule, runs, doublings);
        _last = (context.Seed, context.Step, check);
        return check;
    }

    /// <summary>The name of a likelihood that rests on an estimate: another one where the estimate failed its check.</summary>
    /// <param name="metric">Its name where it passed.</param>
    /// <param name="check">The estimate.</param>
    public static string Name(string metric, DoublingCheck check) => check.Failure is null ? metric : metric + "_unreliable";

    /// <summary>What there is to say of an estimate: value, the value with twice the steps, the ends of the interval, steps, and how many runs carry it.</summary>
    /// <param name="check">The estimate.</param>
    public static IReadOnlyList<Measurement> Measurements(DoublingCheck check)
    {
        LogPartition z = check.Printable;
        List<Measurement> measured =
        [
            new("ln_z", z.Value, "nats", (z.Upper - z.Value) / 3, ErrorKind.MetricDraws, z.Runs),
            new("ln_z_doubled", check.Fine.Value, "nats", (check.Fine.Upper - check.Fine.Value) / 3, ErrorKind.MetricDraws, check.Fine.Runs),
            new("ln_z_upper", z.Upper, "nats", null, ErrorKind.MetricDraws, z.Runs),
            new("annealing_steps", z.Steps, "steps", null, ErrorKind.None, 1),
            new("effective_runs", z.EffectiveRuns, "runs", null, ErrorKind.None, 1),
        ];
        if (!z.IsOpen)
            measured.Add(new("ln_z_lower", z.Lower, "nats", null, ErrorKind.MetricDraws, z.Runs));
        return measured;
    }
}
