using System.Globalization;
using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Reference;

/// <summary>
/// Losses after a few updates on real data, against data/reference/learning.csv. With REPLICATIONS_APPROVE=1 in the environment the losses are written
/// there instead, and those with each point's mistake; tolerances and their reasons are written by hand.
/// </summary>
public class LearningTests
{
    /// <summary>
    /// How far bfloat16 may end from float32, either way: a tenth of what the point's mistake, half the rate, costs in float32. A share of the loss would say little: after a
    /// few updates most of it is what a network has that learned nothing.
    /// </summary>
    private const double Share = 0.1;

    private static readonly string s_table = Path.Combine(Repository.Root, "data", "reference", "learning.csv");

    public static TheoryData<string> Names =>
#if TORCHSHARP
        // These have no kernels of ours, and the table's losses are of the kernels' noise.
        [.. Points.Where(p => !p.Point.HasKernelNoise).Select(p => p.Name)];
#else
        [.. Points.Select(p => p.Name)];
#endif

    private static IEnumerable<(string Name, LearningPoint Point)> Points =>
        from replication in Registry.Replications
        from experiment in replication.Experiments
        where experiment.Learning is not null
        select ($"{replication.Name}/{experiment.Name}", experiment.Learning);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_loss_after_some_updates_is_that_of_the_table(string name)
    {
        LearningPoint point = Registry.Experiment(name).Learning!;
        List<LearningRow> measured = [];
        bool approve = Environment.GetEnvironmentVariable("REPLICATIONS_APPROVE") == "1";
        foreach ((Precision precision, long seed) in LearningRun.All(everySeed: approve))
        {
            double loss = new LearningRun(name, point.Recipe, point.Updates).Loss(seed, precision);
            // For the table alone: another test holds the mistake against it, with one seed.
            double? mistake = approve ? new LearningRun(name, point.Mistake, point.Updates).Loss(seed, precision) : null;
            string[] names = name.Split('/');
            measured.Add(new(names[0], names[1], point.Configuration, point.Updates, seed, LearningRun.Name(precision), loss, mistake, 0, "not measured yet"));
        }

        if (approve)
            Approve(measured);
        IReadOnlyList<LearningRow> known = LearningTable.Read(s_table);
        List<LearningRow> compared = [];
        Assert.All(measured, row =>
        {
            LearningRow expected = Assert.Single(known, k => IsSame(k, row));
            Assert.True(
                (expected.Configuration, expected.Updates) == (row.Configuration, row.Updates) && Math.Abs(row.Loss - expected.Loss) <= expected.Tolerance,
                string.Create(CultureInfo.InvariantCulture, $"{row} is not {expected}"));
            compared.Add(row with { Mistake = expected.Mistake });
        });
        if (compared.Exists(r => r.Precision == Precisions.BFloat16))
            LearnAlike(compared);
    }

    /// <summary>In each precision a mistake in the recipe leads where the table says, and further from the recipe's loss than thrice what is tolerated.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_noticed(string name)
    {
        LearningPoint point = Registry.Experiment(name).Learning!;
        IReadOnlyList<LearningRow> known = LearningTable.Read(s_table);
        Assert.All(LearningRun.All(everySeed: false).Where(r => r.Seed == 1).Select(r => r.Precision), precision =>
        {
            LearningRow row = Assert.Single(known, r => $"{r.Replication}/{r.Experiment}" == name && r.Seed == 1 && r.Precision == LearningRun.Name(precision));
            double loss = new LearningRun(name, point.Mistake, point.Updates).Loss(1, precision);
            Assert.True(
                row.Mistake is { } mistake && Math.Abs(loss - mistake) <= row.Tolerance && Math.Abs(loss - row.Loss) > 3 * row.Tolerance,
                string.Create(CultureInfo.InvariantCulture, $"{loss} does not do for {row}"));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_table_has_bfloat16_learn_as_float32_does(string name)
    {
        List<LearningRow> rows = [.. LearningTable.Read(s_table).Where(r => $"{r.Replication}/{r.Experiment}" == name)];
        foreach (string precision in Precisions.All)
            Assert.Equal([1, 2, 3], rows.Where(r => r.Precision == precision).Select(r => r.Seed));
        LearnAlike(rows);
    }

    [Fact]
    public void Every_row_belongs_to_a_configuration_and_is_complete() =>
        Assert.All(LearningTable.Read(s_table), r =>
        {
            Assert.Contains(Points, p => p.Name == $"{r.Replication}/{r.Experiment}");
            Assert.True(r.Tolerance > 0 && r.Mistake is not null, $"{r}");
        });

    /// <summary>
    /// Of one seed both precisions have the same images and the same first weights: their difference is that of the arithmetic. The mean over the seeds, since
    /// roundings send each training a little elsewhere, to either side, and a cost of bfloat16 stays in the mean.
    /// </summary>
    private static void LearnAlike(List<LearningRow> rows)
    {
        static LearningRow In(IGrouping<long, LearningRow> seed, string precision) => seed.Single(r => r.Precision == precision);
        List<(LearningRow Wide, LearningRow Narrow)> pairs =
            [.. rows.GroupBy(r => r.Seed).Where(s => s.Count() == 2).Select(s => (In(s, Precisions.Float32), In(s, Precisions.BFloat16)))];
        double apart = pairs.Average(p => p.Narrow.Loss - p.Wide.Loss);
        double? cost = pairs.Average(p => p.Wide.Mistake - p.Wide.Loss);
        // A cost that was not measured, or is none, allows nothing.
        Assert.True(Math.Abs(apart) <= Share * cost, string.Create(CultureInfo.InvariantCulture, $"bfloat16 ends {apart} from float32 where the mistake costs {cost}, the mean of {pairs.Count} seeds"));
    }

    private static bool IsSame(LearningRow one, LearningRow other) =>
        (one.Replication, one.Experiment, one.Seed, one.Precision) == (other.Replication, other.Experiment, other.Seed, other.Precision);

    /// <summary>Takes the losses over, before they are judged; rows that are new stand at the end of the file with a tolerance of zero, which a test refuses.</summary>
    private static void Approve(List<LearningRow> measured)
    {
        List<LearningRow> rows = File.Exists(s_table) ? [.. LearningTable.Read(s_table)] : [];
        foreach (LearningRow row in measured)
        {
            int at = rows.FindIndex(k => IsSame(k, row));
            if (at < 0)
                rows.Add(row);
            else
                rows[at] = row with { Tolerance = rows[at].Tolerance, Reason = rows[at].Reason };
        }

        File.WriteAllText(s_table, LearningTable.Text(rows));
    }
}
