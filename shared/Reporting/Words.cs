using System.Globalization;
using Replications.Claims;

namespace Replications.Reporting;

/// <summary>How verdicts, outcomes and directions are shown: a word always, a sign and a colour class beside it.</summary>
internal static class Words
{
    /// <summary>Verdicts in the order a reader needs them: what failed first.</summary>
    public static readonly IReadOnlyList<Verdict> WorstFirst =
    [
        Verdict.Failed, Verdict.Diverged, Verdict.Interrupted, Verdict.Missing, Verdict.NotReplicated, Verdict.Exceeded,
        Verdict.Inconclusive, Verdict.Reduced, Verdict.Replicated,
    ];

    /// <summary>Which way a metric improves.</summary>
    public static string Arrow(Direction direction) => direction == Direction.Lower ? "↓" : "↑";

    /// <summary>The sign that goes with a verdict, so that colour never stands alone.</summary>
    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Replicated => "✓",
        Verdict.Exceeded => "▲",
        Verdict.NotReplicated => "✗",
        Verdict.Inconclusive => "?",
        Verdict.Reduced => "○",
        _ => "!",
    };

    /// <summary>Style class of a verdict: its word with a dash.</summary>
    public static string Class(Verdict verdict) => verdict.Text().Replace(' ', '-');

    /// <summary>What a verdict means, for the legend.</summary>
    public static string Meaning(Verdict verdict) => verdict switch
    {
        Verdict.Replicated => "The 95 % interval of our mean lies inside published ± margin.",
        Verdict.Exceeded => "The interval lies wholly on the better side of published ± margin. A number too good is looked at as hard as a miss: leaked test data look like this.",
        Verdict.NotReplicated => "The interval lies wholly on the worse side of published ± margin.",
        Verdict.Inconclusive => "The interval straddles an edge of published ± margin, or there are too few training seeds, others than those declared, a run that traces to no commit, or a published value that is unconfirmed.",
        Verdict.Reduced => "The recipe was scaled down or changed, so the number answers to our own reference, not to the paper.",
        Verdict.Missing => "A run that was asked for was never made. Counts as a failure.",
        Verdict.Failed => "A run ended by an error, was killed, or did not record the metric. Counts as a failure.",
        Verdict.Diverged => "A quantity of a run was NaN or infinite; it was not gone on with. Counts as a failure.",
        Verdict.Interrupted => "A run was stopped by a signal after saving; the same command, less --fresh, takes it up again. Counts as a failure.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    /// <summary>A clause as a sentence: begun with a capital, unless it begins with a name in small letters and a slash, and ended.</summary>
    public static string Sentence(string clause)
    {
        string text = clause.Trim();
        if (text.Length == 0)
            return "";
        bool name = text.Split(' ', 2)[0].Contains('/', StringComparison.Ordinal);
        return (name ? text[..1] : text[..1].ToUpperInvariant()) + text[1..] + (text[^1] is '.' or '!' or '?' ? "" : ".");
    }

    /// <summary>Where a claim's paper can be had; null where that is not known. No other scheme is ever linked: it might run as a script.</summary>
    public static string? Address(Claim claim) => claim.Source.StartsWith("https://", StringComparison.Ordinal) ? claim.Source : null;

    /// <summary>A run's outcome in words.</summary>
    public static string Text(RunOutcome outcome) => outcome == RunOutcome.UnderWay ? "under way" : outcome.ToString().ToLowerInvariant();

    /// <summary>What an error bar is over, in words.</summary>
    public static string Text(ErrorKind kind) => kind switch
    {
        ErrorKind.TestPoints => "test points",
        ErrorKind.MetricDraws => "metric draws",
        ErrorKind.TrainingSeeds => "training seeds",
        _ => "",
    };

    /// <summary>What was withdrawn, by claim and reason: which seeds, and why.</summary>
    /// <param name="table">The judged claims.</param>
    public static IEnumerable<(string Claim, string What)> Withdrawn(VerdictTable table) =>
        from run in table.Withdrawn
        group run.Key.Seed by (run.Claim, run.Withdrawn) into gone
        let seeds = string.Join(", ", gone.Order().Select(s => s.ToString(CultureInfo.InvariantCulture)))
        select (gone.Key.Claim, $"seed{(gone.Count() == 1 ? "" : "s")} {seeds}, withdrawn: {gone.Key.Withdrawn}");
}
