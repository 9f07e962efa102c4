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

    private static VerdictTable Table(string folder, string file)
    {
        StoredRun run = Example.Succeeded(folder, 1);
        RunRecord record = run.Record! with { Pictures = [run.Record.Pictures[0] with { File = file }] };
        return new VerdictTable(Example.Made, [], [run with { Record = record }], []);
    }
}
