namespace Replications.Metrics.Annealing;

/// <summary>
/// An estimate of <c>ln Z</c> beside one with every step halved. Where annealing has converged both say the same; where chains stay behind,
/// the slower one finds more mass, and the first is not to be printed.
/// </summary>
/// <param name="Coarse">With the schedule that was asked for.</param>
/// <param name="Fine">With twice as many steps.</param>
public sealed record DoublingCheck(LogPartition Coarse, LogPartition Fine)
{
    // Fewer than these and the largest weights decide, whatever the interval says of itself.
    private const double EnoughRuns = 5;

    /// <summary>What speaks against the estimate; null when nothing does.</summary>
    public string? Failure
    {
        get
        {
            if (Coarse.IsOpen || Fine.IsOpen)
                return FormattableString.Invariant($"three standard errors of the mean weight reach below zero with {(Fine.IsOpen ? Fine.Steps : Coarse.Steps)} steps");
            if (Math.Min(Coarse.EffectiveRuns, Fine.EffectiveRuns) < EnoughRuns)
                return FormattableString.Invariant($"{Math.Min(Coarse.EffectiveRuns, Fine.EffectiveRuns):F1} of {Fine.Runs} runs carry the weight");
            return Coarse.Upper < Fine.Lower || Fine.Upper < Coarse.Lower
                ? FormattableString.Invariant($"ln Z is {Coarse.Value:F2} with {Coarse.Steps} steps and {Fine.Value:F2} with {Fine.Steps}")
                : null;
        }
    }

    /// <summary>Estimates with a schedule and with its double.</summary>
    /// <param name="sampling">The estimator.</param>
    /// <param name="schedule">Inverse temperatures.</param>
    /// <param name="runs">Independent chains.</param>
    public static DoublingCheck Run(AnnealedImportanceSampling sampling, AnnealingSchedule schedule, int runs = AnnealedImportanceSampling.PublishedRuns) =>
        new(sampling.Estimate(schedule, runs), sampling.Estimate(schedule.Doubled(), runs));

    /// <summary>The estimate to print: the one asked for where it passes, else the one with more steps, beside its <see cref="Failure"/>.</summary>
    public LogPartition Printable => Failure is null ? Coarse : Fine;

    /// <summary>Doubles the steps until an estimate passes.</summary>
    /// <param name="sampling">The estimator.</param>
    /// <param name="schedule">Inverse temperatures to begin with.</param>
    /// <param name="runs">Independent chains.</param>
    /// <param name="doublings">How often at most; at least 1.</param>
    /// <returns>The first check that passes, or the last.</returns>
    public static DoublingCheck Refined(AnnealedImportanceSampling sampling, AnnealingSchedule schedule, int runs, int doublings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(doublings, 1);
        LogPartition coarse = sampling.Estimate(schedule, runs);
        for (int doubling = 1; ; doubling++)
        {
            schedule = schedule.Doubled();
            var check = new DoublingCheck(coarse, sampling.Estimate(schedule, runs));
            if (check.Failure is null || doubling >= doublings)
                return check;
            coarse = check.Fine;
        }
    }
}
