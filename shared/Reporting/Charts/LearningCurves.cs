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
        string[] shown = metrics[..Math.Min(Panels, metrics.Length)];
        return new Figure(
            experiment.Slug, $"Learning curves of {experiment.Replication}/{experiment.Name}",
            Caption(experiment, points.Any(p => p.Kind == "mean"), shown, metrics[shown.Length..]), Reading(points, shown), CsvText.Document(points),
            ["step", "seconds", "value", "low", "high"],
            (data, live) => new LearningCurveSpec(experiment, points, live).Build(data, shown));
    }

    private static string Caption(ExperimentResult experiment, bool means, string[] shown, string[] left)
    {
        string[] over =
        [
            .. experiment.Runs.SelectMany(r => r.Record?.Measurements ?? [])
                .Where(m => shown.Contains(m.Metric) && m.StandardError is { } error && double.IsFinite(error))
                .Select(m => Words.Text(m.ErrorKind)).Where(k => k.Length > 0).Distinct(),
        ];
        string[] bare = [.. shown.Where(m => experiment.Unit(m).Length == 0)];
        return
            "Left against updates, right against time. Dotted: train; solid: valid; dash and dot: test. " +
            (means ? "Thin lines: one training seed each; thick line: their mean where all of them have a value. " : "One line per training seed. ") +
            "Square, circle, diamond: train, valid, test as measured at the end" +
            (over.Length > 0 ? $", with ±1.96 standard errors over {string.Join(" or ", over)} of one run. " : ". ") +
            "Band: published value ± margin, for the split and weights the claim names. " +
            "The first fifth of training may lie outside the frame." +
            (bare.Length > 0 ? $" No unit is recorded for {string.Join(", ", bare)}." : "") +
            (bare.Contains("loss") ? " The loss is that of the training steps, averaged between two rows of metrics.csv." : "") +
            (left.Length > 0 ? $" Not drawn, but in the data file: {string.Join(", ", left)}." : "");
    }

    private static string Reading(IReadOnlyList<CurvePoint> points, string[] shown)
    {
        CurvePoint[] drawn = [.. points.Where(p => shown.Contains(p.Metric))];
        string last = Values(drawn.Where(p => p.Kind == "seed").GroupBy(p => (p.Metric, p.Split, p.Seed)).Select(c => c.MaxBy(p => p.Step)!));
        string end = Values(drawn.Where(p => p.Kind == "final"));
        return $"Last values of the curves: {last}." + (end.Length > 0 ? $" Measured at the end: {end}." : "");
    }

    /// <summary>Values by metric and split, from the lowest to the highest of several.</summary>
    private static string Values(IEnumerable<CurvePoint> points) => string.Join(
        "; ",
        from series in points.GroupBy(p => (p.Metric, p.Split), p => p.Value)
        let low = Numbers.Plain(series.Min())
        let high = Numbers.Plain(series.Max())
        select $"{series.Key.Metric} on {series.Key.Split} {low}{(low == high ? "" : $" to {high}")}");

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
