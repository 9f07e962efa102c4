using System.Xml.Linq;
using Replications.Claims;

namespace Replications.Reporting.Html.Sections;

/// <summary>What is reported, when it was judged, and where it was computed.</summary>
internal static class HeaderSection
{
    private static readonly string[] Columns = ["Runs", "Hardware", "System", "Engine", "Device", "Exactness", "Commit"];

    /// <summary>The element.</summary>
    public static XElement Element(ReportInput input)
    {
        RunRecord[] records = [.. input.Table.Rows.SelectMany(r => r.Runs).Concat(input.Table.OtherRuns).DistinctBy(r => r.Key).Select(r => r.Record).OfType<RunRecord>()];
        return Tag.Of(
            "header",
            Tag.Of("p.kicker", "Replications"),
            Tag.Of("h1", $"Report of the {input.Profile} profile"),
            Tag.Of("p.lead", "Published numbers of deep generative models, each a cited claim with a margin declared before the run, judged over training seeds."),
            Tag.Of("p", $"Judged {Numbers.Moment(input.Table.Made)}", records.Length == 0 ? "; no run has left a record." : $" from {Plural(records.Length, "run")}."),
            records.Length == 0 ? null : Hosts(records));
    }

    private static XElement Hosts(IEnumerable<RunRecord> records) => Tag.Of(
        "div.wide",
        Tag.Of(
            "table.hosts",
            Tag.Of("caption", "Where the runs were made, and with what"),
            Tag.Of("thead", Tag.Of("tr", Columns.Select(h => Tag.Of("th", Tag.Is("scope", "col"), h)))),
            Tag.Of("tbody", records.GroupBy(r => (r.Hardware, r.Engine, r.Commit, r.Dirty)).Select(Host))));

    private static XElement Host(IGrouping<(HardwareRecord Hardware, EngineRecord Engine, string Commit, bool Dirty), RunRecord> runs)
    {
        (HardwareRecord hardware, EngineRecord engine, string commit, bool dirty) = runs.Key;
        string cores = hardware.PhysicalCores == 1 ? "1 core" : FormattableString.Invariant($"{hardware.PhysicalCores} cores");
        return Tag.Of(
            "tr",
            Cell("Runs", Numbers.Count(runs.Count())),
            Cell("Hardware", $"{hardware.Cpu}, {cores}, {Numbers.Bytes(hardware.MemoryBytes)}", hardware.Gpu is null ? null : ", " + hardware.Gpu),
            Cell("System", hardware.OperatingSystem),
            Cell("Engine", $"{engine.Name}, libtorch {engine.Libtorch}"),
            Cell("Device", FormattableString.Invariant($"{engine.Device}, {engine.Precision}, {engine.Threads} {(engine.Threads == 1 ? "thread" : "threads")}")),
            Cell("Exactness", engine.Exactness),
            Cell("Commit", Commit(commit, dirty)));
    }

    /// <summary>A commit, short, and whether the tree differed from it.</summary>
    public static object?[] Commit(string commit, bool dirty) =>
    [
        commit.Length == 0 ? "outside version control" : Tag.Of("code", Tag.Is("title", commit), commit[..Math.Min(10, commit.Length)]),
        dirty ? " " : null,
        dirty ? Tag.Of("span.dirty", "dirty") : null,
    ];

    /// <summary>A count with its noun.</summary>
    public static string Plural(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    private static XElement Cell(string label, params object?[] content) => Tag.Of("td", Tag.Is("data-label", label), Tag.Of("div", content));
}
