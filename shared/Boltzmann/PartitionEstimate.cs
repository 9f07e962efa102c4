using Replications.Claims;
using Replications.Metrics.Annealing;
using Replications.Metrics.Averages;
using Replications.Training.Subjects;

namespace Replications.Boltzmann;

/// <summary>ln Z of a machine as a likelihood uses it, and what is to be said of it.</summary>
/// <param name="Value">ln Z, nats.</param>
/// <param name="IsExact">By enumeration, not by annealing.</param>
/// <param name="Failure">What speaks against it; null when nothing does.</param>
/// <param name="Measurements">Value, interval, the value with half the steps, steps, and how many runs carry it.</param>
public sealed record PartitionEstimate(double Value, bool IsExact, string? Failure, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>The sum over all states.</summary>
    /// <param name="logZ">ln Z, nats.</param>
    public static PartitionEstimate Exact(double logZ) => new(logZ, true, null, [new Measurement("ln_z", logZ, "nats", null, ErrorKind.None, 1)]);

    /// <summary>An estimate by annealing: the one with more steps.</summary>
    /// <param name="check">The estimate and the one with half the steps.</param>
    public static PartitionEstimate Of(DoublingCheck check)
    {
        LogPartition z = check.Fine;
        List<Measurement> measured =
        [
            new("ln_z", z.Value, "nats", z.StandardError, ErrorKind.MetricDraws, z.Runs),
            new("ln_z_half_steps", check.Coarse.Value, "nats", check.Coarse.StandardError, ErrorKind.MetricDraws, check.Coarse.Runs),
            new("ln_z_upper", z.Upper, "nats", null, ErrorKind.MetricDraws, z.Runs),
            new("annealing_steps", z.Steps, "steps", null, ErrorKind.None, 1),
            new("effective_runs", z.EffectiveRuns, "runs", null, ErrorKind.None, 1),
        ];
        if (!z.IsOpen)
            measured.Add(new("ln_z_lower", z.Lower, "nats", null, ErrorKind.MetricDraws, z.Runs));
        return new PartitionEstimate(z.Value, false, check.Failure, measured);
    }

    /// <summary>A likelihood that rests on it, under its <see cref="Name"/>, and what is to be said of the estimate.</summary>
    /// <param name="metric">Its name where the estimate passed.</param>
    /// <param name="nll">Mean over the points of a split, nats.</param>
    public IReadOnlyList<Measurement> With(string metric, PointMean nll) =>
        [Measurement.Nll(nll, Name(metric)), .. Measurements];

    /// <summary>The name of a likelihood that rests on it: another one where it failed, so that no claim finds a number.</summary>
    /// <param name="metric">Its name where it passed.</param>
    public string Name(string metric) => Failure is null ? metric : metric + "_unreliable";
}
