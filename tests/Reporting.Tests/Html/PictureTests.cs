using System.Xml.Linq;
using Replications.Claims;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Html;

public sealed class PictureTests
{
    [Fact]
    public void Pictures_are_inside_the_page_enlarged_by_whole_factors()
    {
        using var page = new Page(folder => Table(folder, "samples.png"));
        var image = Assert.Single(page.All("img"));
        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(Example.Png), image.Attribute("src")!.Value);
        Assert.Equal("420", image.Attribute("width")!.Value);
        Assert.Equal("420", image.Attribute("height")!.Value);
        Assert.Contains("100 draws", image.Attribute("alt")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gone.png", "there is no such file")]
    [InlineData("../seed-1/samples.png", "not a plain file name")]
    [InlineData("/etc/hostname", "not a plain file name")]
    [InlineData("metrics.csv", "not a PNG")]
    [InlineData("", "not a plain file name")]
    public void A_picture_that_cannot_be_shown_is_said_where_it_belongs_and_at_the_top(string file, string why)
    {
        using var page = new Page(folder => Table(folder, file));
        Assert.Empty(page.All("img"));
        Assert.Contains(why, Assert.Single(page.Files.Problems, p => p.Contains("picture", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(why, page.All("section").First().Value, StringComparison.Ordinal);
        Assert.Contains(why, page.All("figure").Single(f => f.Value.Contains("100 draws", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_pictures_that_are_not_there_do_not_bury_what_else_is_wrong()
    {
        using var page = new Page(folder => Table(folder, [.. Enumerable.Range(1, 7).Select(n => $"gone-{n}.png")]) with { Problems = ["the replication 'gan' was not built"] });
        XElement trouble = page.All("div").Single(d => d.Value.Contains("Also wrong", StringComparison.Ordinal) && d.Attribute("class")?.Value == "trouble");
        Assert.Equal(6, trouble.Element("ul")!.Elements("li").Count());
        Assert.Contains("'gan' was not built", trouble.Element("ul")!.Value, StringComparison.Ordinal);
        // Beside the pictures it lacks the charts, which nothing here draws.
        Assert.StartsWith("3 more", trouble.Element("details")!.Element("summary")!.Value, StringComparison.Ordinal);
        Assert.Contains("gone-7.png", trouble.Element("details")!.Value, StringComparison.Ordinal);
    }

    private static VerdictTable Table(string folder, params string[] files)
    {
        StoredRun run = Example.Succeeded(folder, 1);
        RunRecord record = run.Record! with { Pictures = [.. files.Select(file => run.Record.Pictures[0] with { File = file })] };
        return new VerdictTable(Example.Made, [], [run with { Record = record }], []);
    }
}
