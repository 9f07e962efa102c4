using Replications.Claims;
using Replications.Reporting.Markdown;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Markdown;

public sealed class ResultTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("markdown").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cultures.All), MemberType = typeof(Cultures))]
    public void The_table_is_the_approved_one_in_every_culture(string culture) =>
        Cultures.In(culture, () => Approval.Check("results.md", ResultTable.Markdown(Example.Table(_folder))));

    [Fact]
    public void A_table_put_into_a_document_is_found_there_again()
    {
        string table = ResultTable.Markdown(Example.Table(_folder));
        string document = ResultTable.Insert($"# Title\n\n{ResultTable.Begin}\nold\n{ResultTable.End}\nrest\n", table);
        Assert.Equal($"# Title\n\n{ResultTable.Begin}\n{table}{ResultTable.End}\nrest\n", document);
        Assert.Equal(table, ResultTable.Extract(document));
        Assert.Equal(document, ResultTable.Insert(document, table));
    }

    [Theory]
    [InlineData("no markers")]
    [InlineData(ResultTable.Begin)]
    [InlineData(ResultTable.End + ResultTable.Begin)]
    [InlineData(ResultTable.Begin + ResultTable.Begin + ResultTable.End)]
    public void A_document_without_its_markers_is_refused(string document) =>
        Assert.Throws<InvalidDataException>(() => ResultTable.Insert(document, "table"));

    [Fact]
    public void Nothing_in_a_claim_can_leave_its_cell()
    {
        Claim claim = Example.Claim("toy/nll", "net", "n|l\nl", Direction.Lower, 1, 0.5) with { Paper = "<script>x</script> | `y`", Source = "https://a.org/b|c)<d" };
        var row = new VerdictRow("quick", claim, new(Verdict.Missing, null, null, null, "", 0, "never run"), []);
        string line = ResultTable.Markdown(new VerdictTable(default, [row], [], [])).Split('\n')[2];
        Assert.Equal(10, line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|'));
        Assert.DoesNotContain("<script", line, StringComparison.Ordinal);
        Assert.Contains(", Table 1](https://a.org/b%7Cc%29%3Cd) |", line, StringComparison.Ordinal);
    }
}
