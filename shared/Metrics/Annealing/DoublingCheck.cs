namespace Replications.Metrics.Annealing;

/// <summary>
/// An estimate of <c>ln Z</c> beside one with every step halved, which is the one to use. Where annealing has converged both say the same; where chains stay
/// behind, the slower one finds more mass, and what it finds is not all of it either.
/// </summary>
/// <param name="Coarse">With some schedule.</param>
/// <param name="Fine">With twice as many steps.</param>
public sealed record DoublingCheck(LogPartition Coarse, LogPartition Fine)
{
    /// <summary>What an estimate may be in doubt by, nats: the margin of the claims on binarized MNIST, which a number less certain cannot decide.</summary>
    public const double Tolerance = 0.5;

    /// <summary>
    /// What the last doubling of the steps may move it by, nats: half of <see cref="Tolerance"/>. What slow chains miss has one sign and is shared by all seeds, so that no interval
    /// over seeds shows it; it has to stay small beside the margin.
    /// </summary>
    public const double Drift = 0.25;

    /// <summary>What speaks against the estimate; null when nothing does.</summary>
    public string? Failure
    {
        get
        {
            if (Coarse.IsOpen || Fine.IsOpen)
                return FormattableString.Invariant($"three standard errors of the mean weight reach below zero with {(Fine.IsOpen ? Fine.Steps : Coarse.Steps)} steps");
            double half = Math.Max(Fine.Upper - Fine.Value, Fine.Value - Fine.Lower);
            if (half > Tolerance)
                return FormattableString.Invariant($"ln Z is {Fine.Value:F2} give or take {half:F2} with {Fine.Steps} steps");
            return Math.Abs(Fine.Value - Coarse.Value) > Drift || Coarse.Upper < Fine.Lower || Fine.Upper < Coarse.Lower
                ? FormattableString.Invariant($"ln Z is {Coarse.Value:F2} with {Coarse.Steps} steps and {Fine.Value:F2} with {Fine.Steps}")
                : null;
        }
    }

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
