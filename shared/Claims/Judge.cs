using System.Globalization;

namespace Replications.Claims;

/// <summary>The referee: a two-sided equivalence test over training seeds on the margin that was declared before the run.</summary>
public static class Judge
{
    /// <summary>Judges one claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="runs">The runs of every seed that was asked for, missing ones included.</param>
    public static Judgement Of(Claim claim, IReadOnlyList<StoredRun> runs)
    {
        if (runs.Count == 0)
        {
            return WithoutNumber(Verdict.Missing, "never run");
        }

        if (Trouble(runs) is { } trouble)
        {
            return trouble;
        }

        List<MeasurementRecord> found = [];
        foreach (StoredRun run in runs)
        {
            if (Measured.Find(claim, run, out string problem) is not { } measurement)
            {
                return WithoutNumber(Verdict.Failed, $"{Seed(run)}: {problem}");
            }

            found.Add(measurement);
        }

        RunRecord[] records = [.. runs.Select(r => r.Record!)];
        if (Measured.Disagreement(records, found) is { } disagreement)
        {
            return WithoutNumber(Verdict.Failed, disagreement);
        }

        bool exact = records.All(r => r.Deterministic);
        Interval interval = Interval.Over(found, exact);
        return records.Any(r => r.Reduced)
            ? Number(Verdict.Reduced, interval, "the recipe was scaled down: no verdict, only our own regression reference")
            : Redeclared(claim, records) is { } changed ? WithoutNumber(Verdict.Failed, changed)
            : (Untraceable(records) ?? OtherSeeds(claim, interval, records)) is { } doubt ? Number(Verdict.Inconclusive, interval, doubt)
            : Decide(claim, interval, records[0].Engine.Precision);
    }

    /// <summary>A verdict traces to a commit: what was trained from files that are in none cannot be looked at again.</summary>
    private static string? Untraceable(RunRecord[] records)
    {
        foreach (RunRecord record in records)
        {
            if (record.Sources.FirstOrDefault(s => s.Commit.Length == 0 || s.Dirty) is { } source)
            {
                return source.Commit.Length == 0
                    ? Text($"seed {record.Seed} was made from no commit that git could name")
                    : Text($"seed {record.Seed} was made from files that differed from commit {source.Commit}");
            }
        }

        return null;
    }

    /// <summary>Which seeds count is settled with their number: neither more, tried until the interval fits, nor others in their place.</summary>
    private static string? OtherSeeds(Claim claim, Interval interval, RunRecord[] records)
    {
        if (interval.Exact)
        {
            return null;
        }

        int needed = Math.Max(2, claim.Seeds);
        if (interval.Seeds < needed)
        {
            return claim.Seeds < 2 ? "an interval over training seeds needs 2 seeds, has 1" : Text($"needs {needed} seeds, has {interval.Seeds}");
        }

        IEnumerable<long> seeds = records.Select(r => r.Seed).Order();
        return seeds.SequenceEqual(SeedList.First(needed)) ? null : Text($"declared over seeds 1 to {needed}, judged are {string.Join(", ", seeds)}");
    }

    /// <summary>What a run is held to is declared before it, so one that began under another declaration decides nothing.</summary>
    private static string? Redeclared(Claim claim, RunRecord[] records)
    {
        // Records of runs that the suite did not start, or started before it wrote declarations down, have none.
        RunRecord? other = records.FirstOrDefault(r => r.Declared.Count > 0 && !r.Declared.Contains(claim.Declaration));
        if (other is null)
        {
            return null;
        }

        string began = other.Declared.FirstOrDefault(d => d.StartsWith(claim.Id + ":", StringComparison.Ordinal)) is { } then
            ? $"began under '{then}', and now it is '{claim.Declaration}'"
            : $"began before '{claim.Declaration}' was declared";
        return Text($"seed {other.Seed} {began}: put the claim back, or make the runs again with --fresh");
    }

    private static Judgement Decide(Claim claim, Interval interval, string precision)
    {
        // The edges are sums of declared decimals; as binary fractions 205.8 + 0.5 need not be 206.3.
        double bottom = (double)((decimal)claim.Published - (decimal)claim.Margin);
        double top = (double)((decimal)claim.Published + (decimal)claim.Margin);
        (double low, double high) = (interval.Low!.Value, interval.High!.Value);
        string where = interval.Exact ? Text($"the value {Short(low)}") : Text($"the interval {Short(low)} to {Short(high)}");
        string doubt = precision == Precisions.Float32 ? "" : $"; products in {precision}";
        string band = Text($"{Short(claim.Published)} ± {Short(claim.Margin)} {claim.Unit}");
        if (claim.Evidence == Evidence.Unconfirmed)
        {
            return Number(Verdict.Inconclusive, interval, $"{where} is held against {band}, which no source that was read confirms{doubt}");
        }

        if (low >= bottom && high <= top)
        {
            return Number(Verdict.Replicated, interval, $"{where} lies inside {band}{doubt}");
        }

        if (high < bottom || low > top)
        {
            bool better = high < bottom == (claim.Direction == Direction.Lower);
            return better
                ? Number(Verdict.Exceeded, interval, $"{where} lies wholly on the better side of {band}: look for a leak{doubt}")
                : Number(Verdict.NotReplicated, interval, $"{where} lies wholly on the worse side of {band}{doubt}");
        }

        return Number(Verdict.Inconclusive, interval, $"{where} straddles an edge of {band}{doubt}");
    }

    private static Judgement? Trouble(IReadOnlyList<StoredRun> runs)
    {
        StoredRun[] bad = [.. runs.Where(r => r.Outcome != RunOutcome.Succeeded)];
        if (bad.Length == 0)
        {
            return null;
        }

        // The gravest names the verdict; the sentence names them all, so that none hides behind another.
        Verdict verdict = bad.Select(r => Gravity(r.Outcome)).OrderBy(v => Array.IndexOf(Gravest, v)).First();
        string sentence = string.Join("; ", bad.Select(r => $"{Seed(r)}: {r.Reason ?? r.Outcome.ToString().ToLowerInvariant()}"));
        int good = runs.Count - bad.Length;
        return WithoutNumber(verdict, good == 0 ? sentence : Text($"{sentence}; {good} of {runs.Count} seeds succeeded"));
    }

    private static readonly Verdict[] Gravest = [Verdict.Failed, Verdict.Diverged, Verdict.Interrupted, Verdict.Missing];

    private static Verdict Gravity(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Diverged => Verdict.Diverged,
        RunOutcome.Interrupted => Verdict.Interrupted,
        RunOutcome.Missing or RunOutcome.UnderWay => Verdict.Missing,
        _ => Verdict.Failed,
    };

    private static Judgement WithoutNumber(Verdict verdict, string explanation) =>
        new(verdict, null, null, null, "", 0, explanation);

    private static Judgement Number(Verdict verdict, Interval interval, string explanation) =>
        new(verdict, interval.Mean, interval.Low, interval.High, interval.Kind, interval.Seeds, explanation);

    private static string Seed(StoredRun run) => Text($"seed {run.Key.Seed}");

    private static string Short(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
