namespace Replications.Suite.Tests.Typing;

public sealed class SelectionTests
{
    [Theory]
    [InlineData("fake/good", "good")]
    [InlineData("FAKE/GOOD", "good")]
    [InlineData("fake/*a*", "exact,scaled")]
    [InlineData("fake/good,fake/exact", "good,exact")]
    [InlineData("fake/g??d", "good")]
    public void Globs_pick_runs(string only, string expected)
    {
        using Bench bench = new();
        bench.Invoke("verify", "--json", "--only", only);
        Assert.Equal(expected.Split(','), bench.Out.Split('\n').Where(l => l.Contains("\"claim\"", StringComparison.Ordinal)).Select(l => l.Split('/')[1].TrimEnd('"', ',')));
    }

    [Fact]
    public void The_option_may_be_repeated()
    {
        using Bench bench = new();
        bench.Invoke("verify", "--only", "fake/good", "--only", "fake/exact");
        Assert.Equal(3, bench.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
