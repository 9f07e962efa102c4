using System.Xml.Linq;
using Replications.Claims;

namespace Replications.Reporting.Html.Sections;

/// <summary>The verdict table: one claim, one block of two rows, its evidence and the command that makes it again.</summary>
internal static class VerdictSection
{
    private static readonly string[] Columns = ["Verdict", "Claim", "Data set", "Metric", "Published", "Margin", "Ours", "Seeds", "Time"];

    /// <summary>The element.</summary>
    /// <param name="rows">The judged claims.</param>
    /// <param name="overview">The chart of them all.</param>
    public static XElement Element(IReadOnlyList<VerdictRow> rows, XElement? overview) => Tag.Of(
        "section",
        Tag.Is("id", "verdicts"),
        Tag.Of("h2", "Verdicts"),
        overview,
        Tag.Of(
            "table.verdicts",
            Tag.Of("caption", "Each claim with its verdict, the published value and ours; below it why, and the command that makes it again"),
            Tag.Of("thead", Tag.Of("tr", Columns.Select(c => Tag.Of("th", Tag.Is("scope", "col"), c)))),
            rows.Select(Block)));

    /// <summary>A verdict as sign and word; colour comes on top.</summary>
    public static XElement Badge(Verdict verdict) => Tag.Of(
        "span.verdict." + Words.Class(verdict), Tag.Of("span", Tag.Is("aria-hidden", "true"), Words.Sign(verdict)), " " + verdict.Text());

    /// <summary>A command, with room for the button that copies it.</summary>
    public static XElement Command(string command) => Tag.Of("div.command", Tag.Of("code", command));

    private static XElement Block(VerdictRow row)
    {
        Claim claim = row.Claim;
        Judgement j = row.Judgement;
        SummaryRow summary = row.ToSummary();
        return Tag.Of(
            "tbody",
            Tag.Of(
                "tr",
                Cell("Verdict", Badge(j.Verdict)),
                Tag.Of(
                    "th", Tag.Is("scope", "row"), Tag.Is("data-label", "Claim"),
                    Tag.Of("div", Tag.Of("a.claim", Tag.Is("href", "#" + Anchor(row)), claim.Id), Small($"{claim.Model}, {row.Profile}"), Paper(claim))),
                Cell("Data set", claim.Dataset, Small($"{claim.Split}, {claim.Checkpoint} weights")),
                Cell("Metric", claim.Metric + " ", Tag.Of("span", Tag.Is("title", claim.Direction == Direction.Lower ? "lower is better" : "higher is better"), Words.Arrow(claim.Direction)), Small(claim.Unit)),
                Number("Published", Numbers.Published(claim), Small(claim.Uncertainty is null ? "" : claim.UncertaintyKind)),
                Number("Margin", "± " + Numbers.Published(claim.Margin), Small(claim.MarginReason)),
                Ours(row),
                Number("Seeds", FormattableString.Invariant($"{j.Seeds} of {row.Runs.Count}"), Small(j.IntervalKind == "exact" ? "exact: one will do" : FormattableString.Invariant($"needs {claim.Seeds}"))),
                Number("Time", summary.Seconds is { } seconds ? Numbers.Duration(seconds) : "–")),
            Tag.Of(
                "tr.how",
                Tag.Of("td.margin"),
                Tag.Of(
                    "td", Tag.Is("colspan", FormattableString.Invariant($"{Columns.Length - 1}")),
                    Tag.Of("p.why", Words.Sentence(j.Explanation)),
                    Command(summary.Command),
                    Tag.Of("p", Words.Sentence("Protocol: " + claim.Protocol), Commits(row), Page(claim)))));
    }

    private static XElement Ours(VerdictRow row)
    {
        Judgement j = row.Judgement;
        if (j.Value is not { } value)
            return Number("Ours", "–", Small("no number"));
        double margin = row.Claim.Margin;
        bool interval = j.Low is { } low && j.High is { } high && low < high;
        return Number(
            "Ours", Tag.Of("strong", Numbers.Measured(value, margin)),
            interval ? Tag.Of("div.interval", $"[{Numbers.Measured(j.Low!.Value, margin)}, {Numbers.Measured(j.High!.Value, margin)}]") : null,
            Small((interval ? "over " : "") + j.IntervalKind));
    }

    private static IEnumerable<object?> Commits(VerdictRow row)
    {
        IReadOnlyList<SourceVersion> commits = row.Sources;
        return commits.Index().SelectMany(c => HeaderSection.Commit(c.Item.Commit, c.Item.Dirty).Prepend(c.Index > 0 ? ", " : commits.Count == 1 ? " Commit " : " Commits "));
    }

    private static IEnumerable<object> Page(Claim claim) =>
        claim.Folder.Length == 0 ? [] : [" What was found, and why: ", Tag.Of("code", $"replications/{claim.Folder}/README.md")];

    private static XElement Paper(Claim claim)
    {
        string text = $"{claim.Paper}, {claim.Table}";
        return Tag.Of("small", Words.Address(claim) is { } address ? Tag.Of("a", Tag.Is("href", address), text) : text);
    }

    private static string Anchor(VerdictRow row) =>
        new Experiments.ExperimentResult(row.Profile, row.Claim.Id.Split('/', 2)[0], row.Claim.Experiment, [], []).Slug;

    private static XElement Cell(string label, params object?[] content) => Tag.Of("td", Tag.Is("data-label", label), Tag.Of("div", content));

    private static XElement Number(string label, params object?[] content) => Tag.Of("td.num", Tag.Is("data-label", label), Tag.Of("div", content));

    private static XElement? Small(string text) => text.Length == 0 ? null : Tag.Of("small", text);
}
