using Replications.Datasets.Formats;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Tests.Registry;

public sealed class SplitChecksTests
{
    private static readonly DataSetEntry Toy = new()
    {
        Id = "toy",
        Title = "toy",
        Kind = ValueKind.Bits,
        Shape = [2],
        Licence = "none",
        Splits = [],
        Disjoint = Disjointness.Examples,
    };

    [Fact]
    public void Splits_with_a_common_example_are_refused_and_both_rows_named()
    {
        SplitBytes train = Bits(Split.Train, [0, 0, 0, 1], [1, 2]);
        SplitBytes test = Bits(Split.Test, [1, 1, 0, 1], [3, 4]);
        DataException e = Assert.Throws<DataException>(() => SplitChecks.RequireDisjoint(Toy, [train, test]));
        Assert.Contains("row 1 of Test is row 1 of Train", e.What, StringComparison.Ordinal);

        SplitChecks.RequireDisjoint(Toy with { Disjoint = Disjointness.NotAsserted }, [train, test]);
        SplitChecks.RequireDisjoint(Toy with { Disjoint = Disjointness.Labels }, [train, test]);
        SplitBytes sameName = Bits(Split.Test, [1, 1, 1, 0], [2, 5]);
        Assert.Throws<DataException>(() => SplitChecks.RequireDisjoint(Toy with { Disjoint = Disjointness.Labels }, [train, sameName]));
    }

    [Fact]
    public void Equal_examples_inside_one_split_are_no_matter() =>
        SplitChecks.RequireDisjoint(Toy, [Bits(Split.Train, [0, 0, 0, 0], [1, 1]), Bits(Split.Test, [0, 1, 1, 1], [1, 1])]);

    [Fact]
    public void A_mean_that_is_not_the_registered_one_is_refused()
    {
        SplitBytes split = Bits(Split.Train, [0, 0, 0, 1], [1, 2]);
        SplitChecks.RequireValues(Toy, split);
        SplitBytes shifted = split with { Entry = split.Entry with { Mean = 0.250001 } };
        Assert.Contains("mean 0.250000, expected 0.250001", Refused(Toy, shifted), StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_other_than_0_and_1_are_refused() =>
        Assert.Contains("0 and 1", Refused(Toy, Bits(Split.Train, [0, 0, 0, 2], [1, 2])), StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        DataFile file = new() { Name = "toy.a", Type = ElementType.Float32, Shape = [1, 2], Sha256 = "", Sources = [] };
        byte[] bytes = [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(float.NaN)];
        Assert.Contains("not finite", Refused(Toy with { Kind = ValueKind.Real }, new(SplitEntry.Whole(Split.Train, file, 1), bytes, null, "")), StringComparison.Ordinal);
    }

    private static string Refused(DataSetEntry entry, SplitBytes split) => Assert.Throws<DataException>(() => SplitChecks.RequireValues(entry, split)).What;

    private static SplitBytes Bits(Split split, byte[] bytes, byte[] labels)
    {
        DataFile file = new() { Name = "toy.a", Shape = [2, 2], Sha256 = "", Sources = [] };
        return new SplitBytes(SplitEntry.Whole(split, file, bytes.Average(b => (double)b)), bytes, labels, "");
    }
}
