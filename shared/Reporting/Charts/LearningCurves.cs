using System.Globalization;
using Replications.Claims;
using Replications.Reporting.Csv;
using Replications.Reporting.Experiments;
using Replications.Reporting.Metrics;

namespace Replications.Reporting.Charts;

/// <summary>Gathers an experiment's learning curves: each seed, their mean, and what was measured at the end.</summary>
internal static class LearningCurves
{
    /// <summary>Points of one curve that a chart can show; longer curves are thinned evenly, ends kept.</summary>
    private const int Points = 300;

    /// <summary>Metrics that get panels of their own; the data file has all.</summary>
    private const int Panels = 4;

    /// <summary>The figure of an experiment; null when no run has made an update and evaluated something.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="problems">Receives what could not be read.</param>
    public static Figure? Of(ExperimentResult experiment, ICollection<string> problems)
    {
        List<CurvePoint> points = [];
        foreach (StoredRun run in experiment.Runs)
            points.AddRange(Curve(run, problems));
        points = [.. points.Where(p => double.IsFinite(p.Value))];
        // A model fitted in closed form has one point, which is no curve.
        if (points.All(p => p.Step == 0))
            return null;
        points.AddRange(Means(points));
        points.AddRange(experiment.Runs.SelectMany(run => Finals(run, points)).ToArray());
        string[] claimed = [.. experiment.Rows.Select(r => r.Claim.Metric)];
        string[] metrics = [.. points.Select(p => p.Metric).Distinct().OrderBy(m => claimed.Contains(m) ? 0 : 1)];
        string caption =
            "Left against updates, right against time. " +
            (points.Any(p => p.Kind == "mean") ? "Thin lines: one training seed each; thick line: their mean where all of them have a value. " : "One line per training seed. ") +
            "Diamonds: measured at the end, with its own error bar. Band: published value ± margin, for the split and weights the claim names. " +
            "The first fifth of training may lie outside the frame." +
            (metrics.Length > Panels ? $" Not drawn, but in the data file: {string.Join(", ", metrics[Panels..])}." : "");
        return new Figure(
            experiment.Slug, $"Learning curves of {experiment.Replication}/{experiment.Name}", caption, CsvText.Document(points),
            ["step", "seconds", "value", "low", "high"],
            (data, live) => new LearningCurveSpec(experiment, points, live).Build(data, metrics[..Math.Min(Panels, metrics.Length)]));
    }

    private static IEnumerable<CurvePoint> Curve(StoredRun run, ICollection<string> problems)
    {
        string path = Path.Combine(run.Folder, MetricsFile.FileName);
        if (!File.Exists(path))
        {
            if (run is { Outcome: RunOutcome.Succeeded, Record.Deterministic: false })
                problems.Add($"{run.Key.Path} has no {MetricsFile.FileName}: its learning curve is not drawn");
            return [];
        }

        try
        {
            return MetricsFile.Read(path).GroupBy(r => (r.Metric, r.Split)).SelectMany(g => Thin([.. g])).Select(r =>
                new CurvePoint("seed", r.Metric, r.Split, Seed(run), r.Step, r.Seconds, r.Value, null, null));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"the learning curve of {run.Key.Path} is not drawn: {e.Message}");
            return [];
        }
    }

    private static IEnumerable<MetricRow> Thin(MetricRow[] rows)
    {
        int stride = (rows.Length + Points - 1) / Points;
        return rows.Where((_, i) => i % stride == 0 || i == rows.Length - 1);
    }

    private static IEnumerable<CurvePoint> Means(IReadOnlyList<CurvePoint> points) =>
        from curve in points.GroupBy(p => (p.Metric, p.Split))
        let seeds = curve.Select(p => p.Seed).Distinct().Count()
        where seeds > 1
        from at in curve.GroupBy(p => p.Step)
        where at.Count() == seeds
        orderby at.Key
        select new CurvePoint("mean", curve.Key.Metric, curve.Key.Split, "", at.Key, at.Average(p => p.Seconds), at.Average(p => p.Value), null, null);

    private static IEnumerable<CurvePoint> Finals(StoredRun run, IReadOnlyList<CurvePoint> points)
    {
        foreach (MeasurementRecord m in run.Record?.Measurements ?? [])
        {
            double? half = m.StandardError is { } error && double.IsFinite(error) ? 1.96 * error : null;
            double seconds = points.Where(p => p.Kind == "seed" && p.Seed == Seed(run) && p.Step <= m.Step).Select(p => p.Seconds).DefaultIfEmpty(0).Max();
            if (double.IsFinite(m.Value))
                yield return new CurvePoint("final", m.Metric, m.Split, Seed(run), m.Step, seconds, m.Value, m.Value - half, m.Value + half);
        }
    }

    private static string Seed(StoredRun run) => run.Key.Seed.ToString(CultureInfo.InvariantCulture);
}
