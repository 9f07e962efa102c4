using System.Xml.Linq;
using Replications.Claims;

namespace Replications.Reporting.Html.Sections;

/// <summary>The counts of verdicts, failures first, and everything that is missing or wrong, with its reason, before any table of results.</summary>
internal static class TroubleSection
{
    // Recorded runs keep few of their pictures: dozens of such sentences would bury the others.
    private const int LackingShown = 5;

    /// <summary>The element.</summary>
    /// <param name="table">The judged claims.</param>
    /// <param name="problems">What the report lacks.</param>
    public static XElement Element(VerdictTable table, IEnumerable<string> problems)
    {
        VerdictRow[] failed = [.. table.Rows.Where(r => r.Judgement.Verdict.IsFailure()).OrderBy(r => Rank(r.Judgement.Verdict))];
        StoredRun[] others = [.. table.OtherRuns.Where(r => r.Outcome != RunOutcome.Succeeded)];
        string[] lacking = [.. problems], more = [.. lacking.Skip(LackingShown)];
        return Tag.Of(
            "section.summary",
            Tag.Is("id", "summary"),
            Tag.Of("h2", "Summary"),
            Tag.Of("p.outcome", Outcome(table, failed.Length, others.Length)),
            Counts(table),
            failed.Length + others.Length == 0 ? null : Tag.Of(
                "div.trouble",
                Tag.Of("h3", "Failed, diverged, interrupted or missing"),
                Tag.Of("dl", failed.SelectMany(Entry), others.SelectMany(Entry))),
            table.Problems.Count + lacking.Length == 0 ? null : Tag.Of(
                "div.trouble",
                Tag.Of("h3", "Also wrong or lacking"),
                Notes(table.Problems.Concat(lacking.Take(LackingShown))),
                more.Length == 0 ? null : Tag.Of("details", Tag.Of("summary", $"{Numbers.Count(more.Length)} more that this page lacks"), Notes(more))),
            table.Withdrawn.Count == 0 ? null : Tag.Of(
                "div.withdrawn",
                Tag.Of("h3", "Recorded and withdrawn"),
                Tag.Of("ul", Words.Withdrawn(table).Select(w => Tag.Of("li", Tag.Of("code", w.Claim), ": " + Words.Sentence(w.What))))));
    }

    private static XElement Notes(IEnumerable<string> notes) => Tag.Of("ul", notes.Select(n => Tag.Of("li", Words.Sentence(n))));

    private static string Outcome(VerdictTable table, int failed, int others)
    {
        string claims = HeaderSection.Plural(table.Rows.Count, "claim");
        if (failed > 0)
            return FormattableString.Invariant($"{failed} of {claims} {(failed == 1 ? "has" : "have")} no number. The suite counts that as a failure.");
        if (others + table.Problems.Count > 0)
            return $"{claims}, each with a number, but something else is wrong.";
        return table.Rows.Count == 0 ? "There is no claim to judge." : $"{claims}, each with a number. Nothing failed and nothing is missing.";
    }

    private static XElement Counts(VerdictTable table) => Tag.Of(
        "ul.counts",
        Words.WorstFirst
            .Select(v => (Verdict: v, Count: table.Rows.Count(r => r.Judgement.Verdict == v)))
            .Where(c => c.Count > 0)
            .Select(c => Tag.Of("li." + Words.Class(c.Verdict), Tag.Of("strong", Numbers.Count(c.Count)), " ", c.Verdict.Text())));

    private static IEnumerable<XElement> Entry(VerdictRow row)
    {
        SummaryRow summary = row.ToSummary();
        yield return Tag.Of("dt", VerdictSection.Badge(row.Judgement.Verdict), " ", Tag.Of("code", row.Claim.Id), row.Profile.Length > 0 ? $" ({row.Profile})" : null);
        yield return Tag.Of("dd", Tag.Of("p", Words.Sentence(row.Judgement.Explanation)), VerdictSection.Command(summary.Command));
    }

    private static IEnumerable<XElement> Entry(StoredRun run)
    {
        yield return Tag.Of("dt", Tag.Of("span.verdict." + (run.Outcome == RunOutcome.UnderWay ? "reduced" : "failed"), Words.Text(run.Outcome)), " ", Tag.Of("code", run.Key.Path));
        yield return Tag.Of(
            "dd", Tag.Of("p", Words.Sentence(run.Reason ?? "no reason is recorded")),
            run.Record is { } record ? VerdictSection.Command(record.State == RunState.Succeeded ? record.Command : RerunCommand.Onward(record.Command)) : null);
    }

    private static int Rank(Verdict verdict) => Words.WorstFirst.Index().First(v => v.Item == verdict).Index;
}
