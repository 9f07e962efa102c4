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

    private static PairedDifference? Of(StoredRun[] before, StoredRun[] after) => PairedDifference.Of(Sample.Claim(), before, after);
}
