using Replications.Hosting.Records;
using Replications.Hosting.Tests.Commands;

namespace Replications.Hosting.Tests.Records;

public class MetricsLengthTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 9)]
    [InlineData(2, 13)]
    public void Rows_are_counted_after_the_header(long rows, long bytes)
    {
        using var folder = new ResultsFolder();
        string path = Path.Combine(folder.Path, "metrics.csv");
        File.WriteAllText(path, "head\n1,1\n2,2\n3,");
        Assert.Equal(bytes, MetricsLength.OfRows(path, rows));
    }

    [Fact]
    public void Rows_that_are_not_there_are_an_error()
    {
        using var folder = new ResultsFolder();
        string path = Path.Combine(folder.Path, "metrics.csv");
        Assert.Throws<InvalidDataException>(() => MetricsLength.OfRows(path, 1));
        File.WriteAllText(path, "head\n1,1\n2,2\n3,");
        Assert.Contains("counts 3", Assert.Throws<InvalidDataException>(() => MetricsLength.OfRows(path, 3)).Message, StringComparison.Ordinal);
    }
}
