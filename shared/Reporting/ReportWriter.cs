using Replications.Reporting.Charts;
using Replications.Reporting.Experiments;
using Replications.Reporting.Html;
using Replications.Reporting.Summaries;

namespace Replications.Reporting;

/// <summary>Writes a results folder's <c>report.html</c>, <c>summary.csv</c> and <c>charts/</c>.</summary>
public static class ReportWriter
{
    /// <summary>Name of the report in a results folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes everything. The same input gives the same bytes.</summary>
    /// <param name="input">What to report.</param>
    /// <param name="folder">The results folder; made if it is not there.</param>
    public static ReportFiles Write(ReportInput input, string folder)
    {
        Directory.CreateDirectory(folder);
        string summary = Path.Combine(folder, SummaryCsv.FileName);
        SummaryCsv.Write(summary, input.Table.Rows.Select(r => r.ToSummary()));

        var tools = new VegaTools(input.VegaFolder);
        var charts = new ChartFolder(Path.Combine(folder, ChartFolder.Name), tools);
        List<string> problems = [];
        IReadOnlyList<ExperimentResult> experiments = ExperimentResult.Of(input.Table);
        Dictionary<string, Figure> curves = [];
        foreach (ExperimentResult experiment in experiments)
        {
            if (LearningCurves.Of(experiment, problems) is { } figure)
                curves.Add(experiment.Slug, figure);
        }

        Figure? overview = Overview.Of(input.Table.Rows);
        IReadOnlyList<string> written = charts.Write([.. overview is null ? [] : new[] { overview }, .. curves.Values], out string? unrendered);
        var scripts = tools.Scripts(out string reason);
        if (unrendered is not null)
            problems.Add($"the charts were not rendered to SVG files: {unrendered}; {(scripts is null ? "their data and specifications are in charts/" : "they are drawn live, which needs JavaScript")}");

        var page = new ReportPage(input, experiments, charts, scripts) { Overview = overview, Curves = curves };
        string report = Path.Combine(folder, FileName);
        WholeFile.Write(report, page.Text(problems));
        return new ReportFiles(report, summary, written, problems);
    }
}
