using Replications.Reporting.Metrics;
using Replications.Reporting.Tests.Fixtures;

namespace Replications.Reporting.Tests.Metrics;

public sealed class MetricsFileTests : IDisposable
{
    private static readonly MetricRow[] Rows =
    [
        new(500, 1, 12.5, "train", "loss", 101.25, null),
        new(500, 1, 13.0625, "valid", "nll", 98.7, 0.25),
        new(1000, 2, 1e-7, "valid", "nll", double.NaN, 1.0 / 3),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("metrics").FullName;

    private string FilePath => Path.Combine(_folder, MetricsFile.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cultures.All), MemberType = typeof(Cultures))]
    public void The_file_is_the_same_in_every_culture(string culture) =>
        Cultures.In(culture, () =>
        {
            using (MetricsFile file = MetricsFile.Open(FilePath, 0))
                file.Append(Rows);
            Assert.Equal(
                "step,epoch,seconds,split,metric,value,standard_error\n" +
                "500,1,12.5,train,loss,101.25,\n" +
                "500,1,13.0625,valid,nll,98.7,0.25\n" +
                "1000,2,1E-07,valid,nll,NaN,0.3333333333333333\n",
                File.ReadAllText(FilePath));
            Assert.Equal(Rows, MetricsFile.Read(FilePath));
        });

    [Fact]
    public void Rows_can_be_read_while_the_file_is_open()
    {
        using MetricsFile file = MetricsFile.Open(FilePath, 0);
        file.Append(Rows[..1]);
        Assert.Equal(Rows[..1], MetricsFile.Read(FilePath));
        file.Append(Rows[1..]);
        Assert.Equal(Rows, MetricsFile.Read(FilePath));
    }

    [Fact]
    public void A_resumed_run_cuts_back_to_its_checkpoint_and_writes_the_same_bytes()
    {
        long kept;
        using (MetricsFile file = MetricsFile.Open(FilePath, 0))
        {
            file.Append(Rows[..2]);
            file.Sync();
            kept = file.Length;
            file.Append(Rows[2..]);
        }

        byte[] whole = File.ReadAllBytes(FilePath);
        using (MetricsFile file = MetricsFile.Open(FilePath, kept))
        {
            Assert.Equal(kept, file.Length);
            file.Append(Rows[2..]);
        }

        Assert.Equal(whole, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Beginning_anew_leaves_nothing_of_before()
    {
        using (MetricsFile file = MetricsFile.Open(FilePath, 0))
            file.Append(Rows);
        using (MetricsFile.Open(FilePath, 0))
        {
        }

        Assert.Empty(MetricsFile.Read(FilePath));
    }

    [Fact]
    public void A_torn_last_line_is_left_out()
    {
        using (MetricsFile file = MetricsFile.Open(FilePath, 0))
            file.Append(Rows);
        File.AppendAllText(FilePath, "1500,3,20,val");
        Assert.Equal(Rows, MetricsFile.Read(FilePath));
    }

    [Fact]
    public void Appending_nothing_writes_nothing()
    {
        using MetricsFile file = MetricsFile.Open(FilePath, 0);
        long before = file.Length;
        file.Append([]);
        Assert.Equal(before, file.Length);
    }

    [Fact]
    public void A_file_shorter_than_its_checkpoint_is_refused()
    {
        File.WriteAllText(FilePath, "step\n");
        var e = Assert.Throws<InvalidDataException>(() => MetricsFile.Open(FilePath, 100));
        Assert.Contains(FilePath, e.Message, StringComparison.Ordinal);
        Assert.Contains("100", e.Message, StringComparison.Ordinal);
        Assert.Equal("step\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_cut_inside_a_line_is_refused()
    {
        File.WriteAllText(FilePath, "step,epoch\n");
        Assert.Throws<InvalidDataException>(() => MetricsFile.Open(FilePath, 5));
        Assert.Equal("step,epoch\n", File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("step,epoch,seconds,split,metric,value,standard_error\n1,1,1,valid,nll,9,\n2,1,1,valid,nll,many,\n", "line 3")]
    [InlineData("step,epoch\n1,1\n", "line 1")]
    public void A_row_of_another_form_is_named(string text, string where)
    {
        File.WriteAllText(FilePath, text);
        var e = Assert.Throws<InvalidDataException>(() => MetricsFile.Read(FilePath));
        Assert.Contains(FilePath, e.Message, StringComparison.Ordinal);
        Assert.Contains(where, e.Message, StringComparison.Ordinal);
    }
}
