namespace Replications.Claims;

/// <summary>What a change made of a claim's value, seed by seed: trainings of one seed share their initial weights and the order of their data.</summary>
/// <param name="Mean">Mean over the seeds that both have of the later value less the earlier one.</param>
/// <param name="Low">Lower end of its 95 % interval over these seeds, by Student's t; null with one seed alone.</param>
/// <param name="High">Upper end.</param>
/// <param name="Seeds">How many seeds both have.</param>
public sealed record PairedDifference(double Mean, double? Low, double? High, int Seeds)
{
    /// <summary>True when the interval does not hold zero; false where there is none.</summary>
    public bool IsClear => Low > 0 || High < 0;

    /// <summary>The difference of two sets of runs; null when no seed has a number in both.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="before">Runs of its experiment.</param>
    /// <param name="after">Others.</param>
    public static PairedDifference? Of(Claim claim, IEnumerable<StoredRun> before, IEnumerable<StoredRun> after)
    {
        double[] differences =
        [
            .. before.Join(after, a => a.Key.Seed, b => b.Key.Seed, (a, b) => Value(claim, b) - Value(claim, a)).OfType<double>(),
        ];
        if (differences.Length < 2)
        {
            return differences.Length == 0 ? null : new PairedDifference(differences[0], null, null, 1);
        }

        (double mean, double half) = Interval.Student(differences);
        return new PairedDifference(mean, mean - half, mean + half, differences.Length);
    }

    /// <summary>Which is better on the mean: <c>A</c> the earlier, <c>B</c> the later; null when they are equal.</summary>
    /// <param name="direction">Which way the claim's metric improves.</param>
    public string? Better(Direction direction) =>
        Mean == 0 ? null : Mean < 0 == (direction == Direction.Lower) ? "B" : "A";

    private static double? Value(Claim claim, StoredRun run) =>
        run.Outcome == RunOutcome.Succeeded ? Measured.Find(claim, run, out _)?.Value : null;
}
