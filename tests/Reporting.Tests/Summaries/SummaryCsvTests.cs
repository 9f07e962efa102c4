using Replications.Claims;
using Replications.Reporting.Summaries;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Summaries;

public sealed class SummaryCsvTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("summary").FullName;

    private SummaryRow[] Rows => [.. Example.Table(_folder).Rows.Select(r => r.ToSummary())];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cultures.All), MemberType = typeof(Cultures))]
    public void The_file_is_the_approved_one_in_every_culture(string culture) =>
        Cultures.In(culture, () => Approval.Check("summary.csv", SummaryCsv.Text(Rows)));

    [Theory]
    [MemberData(nameof(Cultures.All), MemberType = typeof(Cultures))]
    public void What_is_written_is_read_back(string culture) =>
        Cultures.In(culture, () =>
        {
            string path = Path.Combine(_folder, "new folder", SummaryCsv.FileName);
            SummaryCsv.Write(path, Rows);
            Assert.Equal(Rows, SummaryCsv.Read(path));
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        });

    [Fact]
    public void The_columns_are_those_of_the_contract() =>
        Assert.Equal(
            "profile,replication,experiment,claim,dataset,metric,unit,direction,value,ci_low,ci_high,interval_kind,seeds,published,margin,verdict,seconds,command,commit,evidence\n",
            SummaryCsv.Text([]));

    [Fact]
    public void Text_with_commas_quotes_and_line_ends_comes_back_whole()
    {
        SummaryRow row = Rows[0] with { Command = "a \"b\", c\nd", IntervalKind = "=1+1" };
        string path = Path.Combine(_folder, SummaryCsv.FileName);
        SummaryCsv.Write(path, [row]);
        Assert.Equal([row], SummaryCsv.Read(path));
    }

    [Fact]
    public void A_file_of_another_form_is_named()
    {
        string path = Path.Combine(_folder, SummaryCsv.FileName);
        File.WriteAllText(path, "profile,claim\nquick,toy/nll\n");
        var e = Assert.Throws<InvalidDataException>(() => SummaryCsv.Read(path));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Contains("verdict", e.Message, StringComparison.Ordinal);
    }
}
