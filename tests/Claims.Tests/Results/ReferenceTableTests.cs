namespace Replications.Claims.Tests.Results;

public sealed class ReferenceTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(88.4, true)]
    [InlineData(88.41, true)]
    [InlineData(88.39, true)]
    [InlineData(88.43, false)]
    [InlineData(88.37, false)]
    [InlineData(double.NaN, false)]
    public void A_value_must_come_back_within_the_tolerance_either_way(double value, bool holds)
    {
        ReferenceCheck check = Check(Row("nll", "88.4", "0.02"), Sample.Runs(value));
        Assert.Equal((holds ? 0 : 1, holds ? 1 : 0), (check.Faults.Count, check.Agreed));
        Assert.Empty(check.Added);
    }

    [Fact]
    public void The_fault_names_row_value_and_reason() =>
        Assert.Equal(
            ["paper made/mnist-1x8000-1mask nll on test (selected): 89 is not 88.4 ± 0.02 nats (thread count)"],
            Check(Row("nll", "88.4", "0.02"), Sample.Runs(89)).Faults);

    [Fact]
    public void A_run_made_otherwise_does_not_answer()
    {
        RunRecord good = Sample.Record(1, Sample.Measurement(88.4));
        string Fault(RunRecord record) => Assert.Single(Check(Row("nll", "88.4", "0.02"), [Sample.Run(record)]).Faults);
        Assert.EndsWith(": made with constants changed by hand: hidden", Fault(good with { Overrides = new() { ["hidden"] = 4 } }), StringComparison.Ordinal);
        Assert.EndsWith(": made with bfloat16 products", Fault(good with { Engine = good.Engine with { Precision = Precisions.BFloat16 } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_no_run_answers_is_a_fault()
    {
        Assert.Equal(["paper made/mnist-1x8000-1mask nll on test (selected): no run of seed 1"], Check(Row("nll", "88.4", "0.02"), []).Faults);
        Assert.EndsWith("no run of seed 1", Assert.Single(Check(Row("nll", "88.4", "0.02", "quick"), Sample.Runs(88.4)).Faults), StringComparison.Ordinal);
        Assert.Contains("disk full", Assert.Single(Check(Row("nll", "88.4", "0.02"), [Sample.Bad(1, RunOutcome.Failed, "disk full")]).Faults), StringComparison.Ordinal);
        Assert.Contains("did not record it", Assert.Single(Check(Row("bits", "88.4", "0.02"), Sample.Runs(88.4)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_without_a_row_is_listed_as_new()
    {
        ReferenceRow added = Assert.Single(Check("", Sample.Runs(88.4)).Added);
        Assert.Equal(("made/mnist-1x8000-1mask", "nll", 88.4), (added.Claim, added.Metric, added.Value));
    }

    [Theory]
    [InlineData("x", "0.02", "column value")]
    [InlineData("88.4", "-1", "column tolerance")]
    [InlineData("88.4", "", "column tolerance")]
    public void A_bad_cell_is_refused(string value, string tolerance, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(Row("nll", value, tolerance))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_twice_is_refused() =>
        Assert.Contains("already", Assert.Throws<InvalidDataException>(() => Read(Row("nll", "1", "0") + Row("nll", "2", "0"))).Message, StringComparison.Ordinal);

    private static string Row(string metric, string value, string tolerance, string profile = "paper") =>
        $"{profile},made,mnist-1x8000-1mask,made/mnist-1x8000-1mask,{metric},test,selected,{value},{tolerance},thread count\n";

    private ReferenceCheck Check(string rows, StoredRun[] runs)
    {
        Claim claim = Sample.Claim();
        VerdictTable table = new(Sample.Noon, [new VerdictRow("paper", claim, Judge.Of(claim, runs), runs)], [], []);
        return ReferenceTable.Check(Read(rows), table);
    }

    private IReadOnlyList<ReferenceRow> Read(string rows) =>
        ReferenceTable.Read(_folder.File("quick.csv", string.Join(',', ReferenceTable.Columns) + "\n" + rows));
}
