using System.Text.RegularExpressions;
using System.Xml.Linq;
using Replications.Claims;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Html;

public sealed class ReportPageTests
{
    [Theory]
    [MemberData(nameof(Cultures.All), MemberType = typeof(Cultures))]
    public void The_page_is_the_approved_one_in_every_culture(string culture) =>
        Cultures.In(culture, () =>
        {
            using var page = new Page(Example.Table);
            Approval.Check("report.html", page.Bare);
        });

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        using var one = new Page(Example.Table);
        using var two = new Page(Example.Table);
        Assert.Equal(one.Text, two.Text);
    }

    [Fact]
    public void An_experiment_that_answers_for_no_claim_shows_its_measurements_without_a_verdict()
    {
        using var page = new Page(folder => Example.Table(folder) with { Rows = [], OtherRuns = [Example.Succeeded(folder, 1)] });
        XElement article = Assert.Single(page.All("article"));
        Assert.Contains("No published number", article.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(article.Descendants("li"), li => (string?)li.Parent!.Attribute("class") == "claims");
        XElement measured = Assert.Single(article.Descendants("details"), d => d.Element("summary")!.Value.StartsWith("Measurements", StringComparison.Ordinal));
        Assert.Equal("open", (string?)measured.Attribute("open"));
        Assert.Contains("88.25", measured.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_the_page_can_load_anything()
    {
        using var page = new Page(Example.Table);
        foreach (XAttribute attribute in page.Xml().DescendantsAndSelf().Attributes())
        {
            string name = attribute.Name.LocalName;
            Assert.False(name.StartsWith("on", StringComparison.Ordinal), $"{name} runs a script");
            if (name is "src" or "href" or "action" or "data" or "poster" or "srcset")
            {
                bool followed = name == "href" && attribute.Parent!.Name.LocalName == "a" && attribute.Value.StartsWith("https://", StringComparison.Ordinal);
                Assert.True(followed || attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal), attribute.ToString());
            }
        }

        // A link to a paper loads nothing before a reader follows it.
        string rest = page.Text.Replace("<a href=\"https://", "<a href=\"", StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("@import|url\\(|fetch\\(|XMLHttpRequest|WebSocket|https?:"), rest);
        string policy = page.All("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_void_elements_close_themselves()
    {
        using var page = new Page(Example.Table);
        Assert.All(Regex.Matches(page.Bare, "<([a-z0-9]+)[^<>]*/>"), m => Assert.Contains(m.Groups[1].Value, new[] { "meta", "img" }));
    }

    [Fact]
    public void Ids_are_unique_and_links_lead_to_them()
    {
        using var page = new Page(Example.Table);
        string[] ids = [.. page.Xml().Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
        string[] links = [.. page.All("a").Select(a => a.Attribute("href")!.Value)];
        Assert.All(links.Where(l => l.StartsWith('#')), l => Assert.Contains(l[1..], ids));
        Assert.Equal("https://doi.org/10.1000/toy(15)1", Assert.Single(links, l => !l.StartsWith('#')));
    }

    [Fact]
    public void Green_says_replicated_and_nothing_else()
    {
        using var page = new Page(Example.Table);
        Assert.Equal(["succeeded"], page.All("span").Where(s => (string?)s.Attribute("class") == "verdict succeeded").Select(s => s.Value).Distinct());
        Assert.All(page.All("span").Where(s => (string?)s.Attribute("class") == "verdict replicated"), s => Assert.EndsWith("replicated", s.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_and_charts_say_what_they_are_to_those_who_do_not_see_them()
    {
        using var page = new Page(Example.Table);
        Assert.All(page.All("table"), t => Assert.Equal("caption", t.Elements().First().Name.LocalName));
        Assert.All(page.All("th"), th => Assert.Equal(th.Ancestors("thead").Any() ? "col" : "row", (string?)th.Attribute("scope")));
        string[] drawings = [.. page.All("div").Where(d => (string?)d.Attribute("role") == "img").Select(d => d.Attribute("aria-label")!.Value)];
        Assert.StartsWith("Verdicts at a glance. By verdict: 1 failed, ", drawings[0], StringComparison.Ordinal);
        Assert.EndsWith("Measured at the end: nll on test 88.25 to 88.375.", drawings[1], StringComparison.Ordinal);
    }

    /// <summary>A setting and an estimate that has no error bar are no exact values.</summary>
    [Theory]
    [InlineData(false, "no error is given")]
    [InlineData(true, "exact")]
    public void A_number_without_an_error_bar_is_called_exact_only_where_no_chance_enters(bool deterministic, string said)
    {
        using var page = new Page(folder =>
        {
            StoredRun run = Example.Succeeded(folder, 1);
            var measured = new MeasurementRecord("effective_runs", "test", "last", 61.5, "runs", null, ErrorKind.None, 1, 400);
            return new VerdictTable(Example.Made, [], [run with { Record = run.Record! with { Deterministic = deterministic, Measurements = [measured] } }], []);
        });
        XElement row = Assert.Single(page.All("tr"), r => r.Value.Contains("effective_runs", StringComparison.Ordinal));
        Assert.Equal(said, row.Elements("td").ElementAt(5).Value);
    }

    [Fact]
    public void Failures_stand_before_results_and_are_counted_first()
    {
        using var page = new Page(Example.Table);
        Assert.Equal(["summary", "verdicts", "legend", "experiments"], page.All("section").Select(s => s.Attribute("id")!.Value));
        Assert.Equal(
            ["1 failed", "1 diverged", "1 interrupted", "1 missing", "1 not replicated", "1 exceeded", "1 inconclusive", "1 reduced", "1 replicated"],
            page.All("ul").First(u => (string?)u.Attribute("class") == "counts").Elements().Select(e => e.Value.Trim()));
        string summary = page.All("section").First().Value;
        Assert.Contains("4 of 9 claims have no number.", summary, StringComparison.Ordinal);
        Assert.Contains("Seed 1: loss was NaN at step 812.", summary, StringComparison.Ordinal);
        Assert.Contains("the replication 'gan' was not built", summary, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_claim_has_its_verdict_in_words_and_its_command()
    {
        using var page = new Page(Example.Table);
        XElement[] blocks = [.. page.All("table").Single(t => (string?)t.Attribute("class") == "verdicts").Elements("tbody")];
        Assert.Equal(page.Table.Rows.Count, blocks.Length);
        foreach ((VerdictRow row, XElement block) in page.Table.Rows.Zip(blocks))
        {
            Assert.Contains(row.Claim.Id, Assert.Single(block.Descendants("th")).Value, StringComparison.Ordinal);
            Assert.Contains(row.Judgement.Verdict.Text(), block.Value, StringComparison.Ordinal);
            Assert.Contains(row.ToSummary().Command, block.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_page_without_claims_says_so()
    {
        using var page = new Page(_ => new VerdictTable(Example.Made, [], [], []));
        Assert.Contains("There is no claim to judge.", page.Text, StringComparison.Ordinal);
        Assert.Contains("no run has left a record", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_trouble_says_that_nothing_is_missing()
    {
        using var page = new Page(folder => new VerdictTable(Example.Made, [Example.Table(folder).Rows[0]], [], []));
        Assert.Contains("1 claim, each with a number. Nothing failed and nothing is missing.", page.Text, StringComparison.Ordinal);
    }
}
