namespace Replications.Claims;

/// <summary>One claim judged, with the runs it was judged from.</summary>
/// <param name="Profile">Profile the runs were made in.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Judgement">The verdict and its numbers.</param>
/// <param name="Runs">The runs of the asked seeds, missing ones included.</param>
public sealed record VerdictRow(string Profile, Claim Claim, Judgement Judgement, IReadOnlyList<StoredRun> Runs)
{
    /// <summary>The row as summary.csv has it.</summary>
    public SummaryRow ToSummary()
    {
        RunRecord[] records = [.. Runs.Select(r => r.Record).OfType<RunRecord>()];
        string command = RerunCommand.For(
            Profile, Claim.Replication, Claim.Experiment, Runs.Select(r => r.Key.Seed), [.. records.Select(r => r.Engine)], records.FirstOrDefault()?.Overrides);
        // Nothing that is finished, or that an earlier try of the same command saved, is thrown away.
        if (Runs.Any(r => r.Record is not { State: RunState.Succeeded }))
            command = RerunCommand.Onward(command);
        return new SummaryRow(
            Profile, Claim.Replication, Claim.Experiment, Claim.Id, Claim.Dataset, Claim.Metric, Claim.Unit,
            Claim.Direction.ToString().ToLowerInvariant(), Judgement.Value, Judgement.Low, Judgement.High,
            Judgement.IntervalKind, Judgement.Seeds, Claim.Published, Claim.Margin, Judgement.Verdict.Text(),
            records.Length == 0 ? null : Math.Round(records.Sum(r => r.Seconds), 3), command,
            string.Join(' ', Sources.Select(s => s.Text)), Claim.Evidence.Text());
    }

    /// <summary>The versions of the source that the runs were made with, parts before a resumption included, in the order of seeds.</summary>
    public IReadOnlyList<SourceVersion> Sources => [.. Runs.Select(r => r.Record).OfType<RunRecord>().SelectMany(r => r.Sources).Distinct()];
}

/// <summary>Every claim judged: what is printed, written to summary.csv and drawn in the report.</summary>
/// <param name="Made">When it was judged, UTC.</param>
/// <param name="Rows">One row per claim and profile, in the order of the claims files.</param>
/// <param name="OtherRuns">Runs that answer for no claim.</param>
/// <param name="Problems">What is wrong beyond the rows, one sentence each: a replication that was not built, an experiment that does not exist.</param>
public sealed record VerdictTable(
    DateTimeOffset Made, IReadOnlyList<VerdictRow> Rows, IReadOnlyList<StoredRun> OtherRuns, IReadOnlyList<string> Problems)
{
    /// <summary>Recorded runs that count no longer, with the reason.</summary>
    public IReadOnlyList<IndexedRun> Withdrawn { get; init; } = [];

    /// <summary>The part of the table that is about some experiments.</summary>
    /// <param name="claims">Which claims.</param>
    /// <param name="runs">Which of the runs that answer for no claim.</param>
    public VerdictTable Where(Func<Claim, bool> claims, Func<RunKey, bool> runs) => this with
    {
        Rows = [.. Rows.Where(r => claims(r.Claim))],
        OtherRuns = [.. OtherRuns.Where(r => runs(r.Key))],
    };

    /// <summary>
    /// The exit code that this table deserves: <see cref="ExitCode.Interrupted"/> when the only thing wrong is that runs were
    /// interrupted, <see cref="ExitCode.Failure"/> when anything else failed, diverged or is missing. A verdict is no failure.
    /// </summary>
    public int Exit
    {
        get
        {
            Verdict[] bad = [.. Rows.Select(r => r.Judgement.Verdict).Where(v => v.IsFailure())];
            StoredRun[] badRuns = [.. OtherRuns.Where(r => r.Outcome != RunOutcome.Succeeded)];
            if (bad.Length + badRuns.Length + Problems.Count == 0)
            {
                return ExitCode.Success;
            }

            bool onlyInterrupted = Problems.Count == 0
                && bad.All(v => v == Verdict.Interrupted) && badRuns.All(r => r.Outcome == RunOutcome.Interrupted);
            return onlyInterrupted ? ExitCode.Interrupted : ExitCode.Failure;
        }
    }
}
