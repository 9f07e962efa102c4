using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Reporting.Metrics;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Html;

/// <summary>Nothing that a run, a claim or an error message says can become part of the page's code.</summary>
public sealed class HostileTextTests
{
    private const string Attack = "</script><script>alert(1)</script><img src=\"x\" onerror='alert(1)'>]]>&amp;\u001b[31m\ud800";

    [Fact]
    public void Text_from_outside_stays_text()
    {
        using var page = new Page(Table);
        Assert.Single(page.All("script"));
        Assert.All(page.All("img"), i => Assert.StartsWith("data:", i.Attribute("src")!.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", page.Text, StringComparison.Ordinal);
        string seen = Attack.Replace('\u001b', '\ufffd').Replace('\ud800', '\ufffd');
        Assert.True(page.Xml().Value.Split(seen).Length > 5, "the text is shown, encoded, where it belongs");
        Assert.All(page.All("a"), a => Assert.StartsWith("#", a.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Data_for_live_charts_cannot_end_their_script()
    {
        string tools = Directory.CreateTempSubdirectory("vega").FullName;
        try
        {
            foreach (string name in new[] { "vega", "vega-lite" })
            {
                string package = Directory.CreateDirectory(Path.Combine(tools, "node_modules", name, "build")).FullName;
                File.WriteAllText(Path.Combine(package, name + ".min.js"), $"// {name} </SCRIPT><!-- ");
                File.WriteAllText(Path.Combine(tools, "node_modules", name, "LICENSE"), "Licence */ of " + name);
            }

            using var page = new Page(Table, tools);
            Assert.Equal(Count(page.Text, "<script"), Count(page.Text, "</script>"));
            Assert.DoesNotContain("</SCRIPT>", page.Text, StringComparison.Ordinal);
            Assert.Contains("Licence * / of vega-lite", page.Text, StringComparison.Ordinal);
            Assert.Contains("application/json", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);

            // There is no render.mjs here: the pictures are missing, and the report says so.
            string problem = Assert.Single(page.Files.Problems, p => p.Contains("not rendered to SVG", StringComparison.Ordinal));
            Assert.Contains(problem[1..], page.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(tools, recursive: true);
        }
    }

    private static VerdictTable Table(string folder)
    {
        StoredRun run = Example.Succeeded(folder, 1);
        using (MetricsFile file = MetricsFile.Open(Path.Combine(run.Folder, MetricsFile.FileName), 0))
            file.Append([new(1, 1, 1, Attack, Attack, 1, null), new(2, 1, 1, "valid", "nll", 1, null)]);
        RunRecord record = run.Record! with
        {
            Command = Attack,
            Commit = Attack,
            Recipe = new JsonObject { [Attack] = Attack },
            Engine = run.Record.Engine with { Exactness = Attack },
            Pictures = [new("samples.png", Attack, Attack)],
        };
        Claim claim = Example.Claim("toy/nll", "net", "nll", Direction.Lower, 1, 0.5) with
        {
            Paper = Attack,
            Table = Attack,
            Source = "javascript:alert(1)",
            Dataset = Attack,
            Model = Attack,
            Unit = Attack,
            UncertaintyKind = Attack,
            Uncertainty = 1,
            MarginReason = Attack,
            Protocol = Attack,
            Split = Attack,
            Checkpoint = Attack,
        };
        var good = new VerdictRow("paper", claim, new(Verdict.Replicated, 1, 0.9, 1.1, Attack, 1, Attack), [run with { Record = record }]);
        StoredRun bad = run with { Key = run.Key with { Seed = 9 }, Outcome = RunOutcome.Failed, Record = null, Reason = Attack };
        return new VerdictTable(Example.Made, [good], [bad], [Attack]);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
