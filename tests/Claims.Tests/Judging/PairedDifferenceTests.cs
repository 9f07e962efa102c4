namespace Replications.Claims.Tests.Judging;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void Differences_are_taken_seed_by_seed()
    {
        // 0.1, 0.2 and 0.3 less: a mean of -0.2 and a deviation of 0.1; the quantile of Student's t with 2 degrees of freedom is 4.302653.
        PairedDifference found = Of(Sample.Runs(90, 80, 70), Sample.Runs(89.9, 79.8, 69.7))!;
        Assert.Equal((-0.2, 3), (Math.Round(found.Mean, 10), found.Seeds));
        Assert.Equal(4.302653 * 0.1 / Math.Sqrt(3), found.High!.Value - found.Mean, 1e-6);
        Assert.Equal(found.Mean - found.Low!.Value, found.High!.Value - found.Mean, 1e-12);
    }

    [Fact]
    public void Only_seeds_with_a_number_in_both_count()
    {
        StoredRun[] before = [.. Sample.Runs(90, 80, 70), Sample.Run(9, 60)];
        StoredRun[] after = [.. Sample.Runs(89), Sample.Bad(2, RunOutcome.Failed, "a fault"), Sample.Run(8, 60)];
        Assert.Equal(new PairedDifference(-1, null, null, 1), Of(before, after));
        Assert.Null(Of(before, [Sample.Run(8, 60)]));
    }

    [Fact]
    public void Which_is_better_goes_by_the_direction_of_the_metric()
    {
        PairedDifference less = new(-0.2, null, null, 1);
        Assert.Equal("B", less.Better(Direction.Lower));
        Assert.Equal("A", less.Better(Direction.Higher));
        Assert.Null(new PairedDifference(0, 0, 0, 2).Better(Direction.Lower));
    }

    [Theory]
    [InlineData(-0.3, -0.1, true)]
    [InlineData(0.1, 0.3, true)]
    [InlineData(-0.1, 0.3, false)]
    [InlineData(0.0, 0.0, false)]
    [InlineData(null, null, false)]
    public void A_difference_is_clear_when_its_interval_leaves_out_zero(double? low, double? high, bool clear) =>
        Assert.Equal(clear, new PairedDifference(0.1, low, high, 2).IsClear);

    private static PairedDifference? Of(StoredRun[] before, StoredRun[] after) => PairedDifference.Of(Sample.Claim(), before, after);
}
