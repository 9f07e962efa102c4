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
                Assert.True(attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal), attribute.ToString());
        }

        Assert.DoesNotMatch(new Regex("@import|url\\(|fetch\\(|XMLHttpRequest|WebSocket|https?:"), page.Text);
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
        Assert.All(page.All("a"), a => Assert.Contains(a.Attribute("href")!.Value[1..], ids));
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
            Assert.Contains(row.Claim.Id, block.Value, StringComparison.Ordinal);
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
