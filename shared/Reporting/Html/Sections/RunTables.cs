using System.Xml.Linq;
using Replications.Claims;

namespace Replications.Reporting.Html.Sections;

/// <summary>An experiment's runs, what they measured, and the data they read.</summary>
internal static class RunTables
{
    /// <summary>The runs, one row per seed.</summary>
    public static XElement? Runs(IReadOnlyList<StoredRun> runs) => runs.Count == 0 ? null : Tag.Of(
        "details",
        Tag.Is("open", "open"),
        Tag.Of("summary", "Runs ", Tag.Of("small", HeaderSection.Plural(runs.Count, "seed"))),
        Table(
            $"Runs of {runs[0].Key.Replication}/{runs[0].Key.Experiment}, one row per seed",
            ["Seed", "State", "Updates", "Epochs", "Selected at", "Time", "of it training", "Peak memory", "Resumed", "Parameters", "Commit", "Written"], runs.Select(Run)));

    /// <summary>Everything measured at the end, not only what claims ask for: last and selected weights side by side.</summary>
    /// <param name="records">The runs.</param>
    /// <param name="open">Shown at once, where no claim shows a number.</param>
    public static XElement? Measurements(IReadOnlyList<RunRecord> records, bool open) => !records.Any(r => r.Measurements.Count > 0) ? null : Tag.Of(
        "details",
        open ? Tag.Is("open", "open") : null,
        Tag.Of("summary", "Measurements ", Tag.Of("small", "last and selected weights, all splits")),
        Table(
            $"What each run of {Name(records)} measured at its end",
            ["Seed", "Metric", "Split", "Weights", "Value", "Standard error", "Over", "Update"],
            records.SelectMany(r => r.Measurements.Select(m => Tag.Of(
                "tr",
                Seed(r.Seed), Text($"{m.Metric}, {m.Unit}"), Text(m.Split), Text(m.Checkpoint), Cell(Numbers.Plain(m.Value)),
                Cell(m.StandardError is { } e ? Numbers.Plain(e) : "–"),
                Text(Over(r, m)), Cell(Numbers.Count(m.Step)))))));

    /// <summary>The weights that the runs ended with.</summary>
    public static XElement? Weights(IReadOnlyList<RunRecord> records) => !records.Any(r => r.Weights.Count > 0) ? null : Tag.Of(
        "details",
        Tag.Of("summary", "Weights ", Tag.Of("small", "SHA-256 of the files")),
        Table(
            $"Weights that the runs of {Name(records)} ended with",
            ["Seed", "File", "SHA-256"], records.SelectMany(r => r.Weights.Select(w => Tag.Of("tr", Seed(r.Seed), Text(w.File), Hash(w.Sha256))))));

    /// <summary>The splits read, each once.</summary>
    public static XElement? Data(IReadOnlyList<RunRecord> records) => records.Count == 0 ? null : Tag.Of(
        "details",
        Tag.Of("summary", "Data ", Tag.Of("small", "SHA-256 of the decoded bytes")),
        Table(
            $"Data that the runs of {Name(records)} read",
            ["Data set", "Split", "Examples", "SHA-256"],
            records.SelectMany(r => r.Data).Distinct().Select(d => Tag.Of("tr", Text(d.Id), Text(d.Split), Cell(Numbers.Count(d.Count)), Hash(d.Sha256)))));

    private static XElement Run(StoredRun run)
    {
        XElement state = Tag.Of(
            "td", Tag.Of("span.verdict." + StateClass(run.Outcome), Words.Text(run.Outcome)), run.Reason is null ? null : Tag.Of("small", run.Reason));
        if (run.Record is not { } r)
            return Tag.Of("tr", Seed(run.Key.Seed), state, Tag.Of("td", Tag.Is("colspan", "10"), "no record"));
        return Tag.Of(
            "tr",
            Seed(run.Key.Seed), state, Cell(Numbers.Count(r.Steps)), Cell(Numbers.Plain(r.Epochs)),
            Cell(r.SelectedStep is { } s ? Numbers.Count(s) : "–"), Cell(Numbers.Duration(r.Seconds)), Cell(Numbers.Duration(r.TrainingSeconds)),
            Tag.Of("td.num", Numbers.Bytes(r.PeakMemoryBytes), r.PeakGpuMemoryBytes is { } gpu ? Tag.Of("small", $"GPU {Numbers.Bytes(gpu)}") : null), Cell(Numbers.Count(r.Resumes)), Cell(Numbers.Count(r.Parameters)),
            Tag.Of("td", HeaderSection.Commit(r.Commit, r.Dirty), r.Earlier.Select(Part)), Text(Numbers.Moment(r.Written)));
    }

    // What a part made otherwise than the end was made with: two numbers of one run may differ by it.
    private static XElement Part(EarlierPart part) => Tag.Of(
        "small",
        $"until update {Numbers.Count(part.Steps)}: ", HeaderSection.Commit(part.Commit, part.Dirty),
        $", {part.Engine.Name} {part.Engine.Libtorch}, {HeaderSection.Plural(part.Engine.Threads, "thread")}, {part.Gpu ?? part.Cpu}");

    // A number without an error bar may be a count or a setting as well as an exact value: only a run without chance is known to be exact.
    private static string Over(RunRecord run, MeasurementRecord measurement) =>
        measurement.ErrorKind != ErrorKind.None ? $"{Numbers.Count(measurement.Count)} {Words.Text(measurement.ErrorKind)}"
        : run.Deterministic ? "exact"
        : "no error is given";

    // That a run came to its end is no verdict, and has no verdict's colour.
    private static string StateClass(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.UnderWay => "reduced",
        _ => "failed",
    };

    private static XElement Table(string caption, IEnumerable<string> columns, IEnumerable<XElement> rows) => Tag.Of(
        "div.wide",
        Tag.Of("table", Tag.Of("caption", caption), Tag.Of("thead", Tag.Of("tr", columns.Select(c => Tag.Of("th", Tag.Is("scope", "col"), c)))), Tag.Of("tbody", rows)));

    private static string Name(IReadOnlyList<RunRecord> records) => $"{records[0].Replication}/{records[0].Experiment}";

    private static XElement Seed(long seed) => Tag.Of("th.num", Tag.Is("scope", "row"), Numbers.Count(seed));

    private static XElement Cell(string number) => Tag.Of("td.num", number);

    private static XElement Hash(string sha256) => Tag.Of("td.hash", Tag.Of("code", sha256));

    private static XElement Text(string text) => Tag.Of("td", text);
}
