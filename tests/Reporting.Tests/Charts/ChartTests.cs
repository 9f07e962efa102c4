using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Reporting.Charts;
using Replications.Reporting.Experiments;
using Replications.Reporting.Metrics;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Charts;

public sealed class ChartTests : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n" };
    private readonly string _folder = Directory.CreateTempSubdirectory("charts").FullName;
    private readonly List<string> _problems = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cultures.All), MemberType = typeof(Cultures))]
    public void Charts_are_the_approved_ones_in_every_culture(string culture) =>
        Cultures.In(culture, () =>
        {
            foreach (Figure figure in new[] { Curves(), Overview.Of(Example.Table(_folder).Rows)! })
            {
                Approval.Check(figure.CsvFile, Encoding.UTF8.GetString(figure.Csv));
                Approval.Check(figure.SpecFile, figure.FileSpec().ToJsonString(Readable) + "\n");
            }
        });

    [Fact]
    public void The_live_chart_has_its_data_inside()
    {
        JsonObject spec = Curves().LiveSpec();
        Assert.Equal(Encoding.UTF8.GetString(Curves().Csv), spec["data"]!["values"]!.GetValue<string>());
        Assert.False(spec.ContainsKey("$schema"));
    }

    [Fact]
    public void A_mean_is_taken_only_where_every_seed_has_a_value()
    {
        StoredRun longer = Example.Succeeded(_folder, 2);
        using (MetricsFile file = MetricsFile.Open(Path.Combine(longer.Folder, MetricsFile.FileName), new FileInfo(Path.Combine(longer.Folder, MetricsFile.FileName)).Length))
            file.Append([new(500, 5, 13, "valid", "nll", 80, null)]);
        string[] means = [.. Lines(Curves()).Where(l => l.StartsWith("mean,nll", StringComparison.Ordinal))];
        Assert.Equal(["mean,nll,valid,,100,3,96.375,,", "mean,nll,valid,,200,5.5,92.375,,"], means[..2]);
        Assert.Equal(4, means.Length);
    }

    [Fact]
    public void Long_curves_are_thinned_and_keep_their_end()
    {
        StoredRun run = Example.Succeeded(_folder, 1);
        using (MetricsFile file = MetricsFile.Open(Path.Combine(run.Folder, MetricsFile.FileName), 0))
            file.Append(Enumerable.Range(1, 10_000).Select(i => new MetricRow(i, i, i, "valid", "nll", i, null)));
        string[] curve = [.. Lines(Of(run)).Where(l => l.StartsWith("seed,nll", StringComparison.Ordinal))];
        Assert.InRange(curve.Length, 100, 301);
        Assert.StartsWith("seed,nll,valid,1,10000,", curve[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_finite_are_not_drawn()
    {
        StoredRun run = Example.Succeeded(_folder, 1);
        using (MetricsFile file = MetricsFile.Open(Path.Combine(run.Folder, MetricsFile.FileName), 0))
            file.Append([new(1, 1, 1, "valid", "nll", double.NaN, null), new(2, 1, 1, "valid", "nll", 3, null)]);
        Assert.DoesNotContain("NaN", Encoding.UTF8.GetString(Of(run).Csv), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_updates_has_no_curve()
    {
        StoredRun run = Example.Succeeded(_folder, 1);
        using (MetricsFile file = MetricsFile.Open(Path.Combine(run.Folder, MetricsFile.FileName), 0))
            file.Append([new(0, 0, 1, "test", "nll", 205.8, null)]);
        Assert.Null(LearningCurves.Of(Single(run), _problems));
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_curve_that_cannot_be_read_is_said()
    {
        StoredRun run = Example.Succeeded(_folder, 1);
        File.WriteAllText(Path.Combine(run.Folder, MetricsFile.FileName), "not,a,curve\n1,2,3\n");
        Assert.Null(LearningCurves.Of(Single(run), _problems));
        Assert.Contains("paper/toy/net/seed-1", Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Right_is_better_whichever_way_the_metric_improves()
    {
        OverviewPoint[] points = [.. Example.Table(_folder).Rows.Select(r => OverviewPoint.Of(r, r.Claim.Id))];
        Assert.Equal(new OverviewPoint("toy/nll", "replicated", 0.175, -0.25, 0.6, "training seeds (95 % Student t), 2 seeds", "filled"), points[0]);
        Assert.True(points[1] is { Verdict: "exceeded", Value: > 1, Low: > 1 });
        Assert.True(points[2] is { Verdict: "not replicated", Value: < -1, High: < -1 });
        Assert.Equal(new OverviewPoint("toy/missing", "missing", null, null, null, "", ""), points[8]);
    }

    [Theory]
    [InlineData(Verdict.Replicated, "exact", "filled")]
    [InlineData(Verdict.Inconclusive, "training seeds (95 % Student t), 3 seeds", "filled")]
    [InlineData(Verdict.Inconclusive, "test points (±1.96 se), 1 seed", "hollow")]
    [InlineData(Verdict.Inconclusive, "none, 1 seed", "hollow")]
    [InlineData(Verdict.Reduced, "training seeds (95 % Student t), 3 seeds", "hollow")]
    public void What_no_verdict_can_rest_on_is_hollow(Verdict verdict, string over, string drawn)
    {
        VerdictRow row = Example.Table(_folder).Rows[0];
        Assert.Equal(drawn, OverviewPoint.Of(row with { Judgement = row.Judgement with { Verdict = verdict, IntervalKind = over } }, "toy").Drawn);
    }

    [Fact]
    public void Learning_curves_say_what_their_bars_are_over_what_has_no_unit_and_where_they_end()
    {
        Figure curves = Curves();
        Assert.Contains("with ±1.96 standard errors over test points of one run.", curves.Caption, StringComparison.Ordinal);
        Assert.Contains("No unit is recorded for loss. The loss is that of the training steps", curves.Caption, StringComparison.Ordinal);
        Assert.Equal("Last values of the curves: loss on train 101 to 102; nll on valid 90.25 to 90.5. Measured at the end: nll on test 88.25 to 88.375.", curves.Reading);
    }

    [Theory]
    [InlineData(Evidence.Read, "published 7.50, margin ± 0.075 (test)")]
    [InlineData(Evidence.Unconfirmed, "published 7.50 (unconfirmed), margin ± 0.075 (test)")]
    public void A_band_says_how_its_value_is_known(Evidence evidence, string label)
    {
        Claim claim = Example.Claim("toy/score", "net", "score", Direction.Higher, 7.5, 0.075) with { Evidence = evidence };
        Assert.Equal(label, PublishedBand.Layers(claim, 7, 8).Last()["mark"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void The_style_sheet_knows_every_colour_of_the_charts()
    {
        using var reader = new StreamReader(typeof(ReportWriter).Assembly.GetManifestResourceStream("report.css")!);
        string css = reader.ReadToEnd();
        string[] colours =
        [
            .. typeof(Palette).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<string>(),
            .. Enum.GetValues<Verdict>().Select(Palette.Of),
        ];
        Assert.All(colours, c => Assert.Contains($"=\"{c}\"]", css, StringComparison.Ordinal));
    }

    [Fact]
    public void Pictures_are_rendered_where_the_tools_are_and_their_absence_is_said_where_not()
    {
        ReportFiles files = ReportWriter.Write(new ReportInput("paper", Example.Table(_folder)), _folder);
        string page = File.ReadAllText(files.Report);
        string[] rendered = [.. files.Charts.Where(c => c.EndsWith(".svg", StringComparison.Ordinal))];
        if (files.Problems.SingleOrDefault(p => p.Contains("not rendered to SVG", StringComparison.Ordinal)) is { } problem)
        {
            Assert.Contains(problem[1..].Replace("'", "&#39;", StringComparison.Ordinal)[..20], page, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(files.Charts.Count, rendered.Length * 3);
        Assert.All(rendered, svg => Assert.StartsWith("<svg", File.ReadAllText(svg), StringComparison.Ordinal));
        Assert.Equal(rendered.Length, page.Split("<svg ").Length - 1);
        Assert.DoesNotContain("xmlns=\"http", page[..page.IndexOf("<footer", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Live_charts_can_be_drawn_where_the_tools_are()
    {
        var tools = new VegaTools(VegaTools.Find());
        if (tools.Scripts(out string reason) is null)
        {
            Assert.NotEmpty(reason);
            return;
        }

        string[] specs = [Path.Combine(_folder, "curves.vl.json"), Path.Combine(_folder, "overview.vl.json")];
        File.WriteAllText(specs[0], Curves().LiveSpec().ToJsonString());
        File.WriteAllText(specs[1], Overview.Of(Example.Table(_folder).Rows)!.LiveSpec().ToJsonString());
        Assert.Null(tools.Render(specs));
        Assert.Contains("published 88.40 ± 0.45, margin ± 0.50 (test)", File.ReadAllText(Path.Combine(_folder, "curves.svg")), StringComparison.Ordinal);
        Assert.Contains("not replicated, 6 margins worse", File.ReadAllText(Path.Combine(_folder, "overview.svg")), StringComparison.Ordinal);
    }

    private static string[] Lines(Figure figure) => Encoding.UTF8.GetString(figure.Csv).Split('\n');

    private static ExperimentResult Single(StoredRun run) => new("paper", "toy", "net", [], [run]);

    private Figure Of(StoredRun run) => LearningCurves.Of(Single(run), _problems)!;

    private Figure Curves() => LearningCurves.Of(ExperimentResult.Of(Example.Table(_folder))[0], _problems)!;
}
