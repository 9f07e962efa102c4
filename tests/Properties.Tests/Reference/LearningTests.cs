using System.Globalization;
using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Reference;

/// <summary>
/// Losses after a few updates on real data, against data/reference/learning.csv. With REPLICATIONS_APPROVE=1 in the environment the losses are written
/// there instead; tolerances and their reasons are written by hand.
/// </summary>
public class LearningTests
{
    /// <summary>How far bfloat16 may end from float32, as a share of the loss: a tenth of what half the rate costs.</summary>
    private const double Share = 0.02;

    private static readonly string s_table = Path.Combine(Repository.Root, "data", "reference", "learning.csv");

    public static TheoryData<string> Names => [.. Points.Select(p => p.Name)];

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
            string[] names = name.Split('/');
            measured.Add(new(names[0], names[1], point.Configuration, point.Updates, seed, LearningRun.Name(precision), loss, 0, "not measured yet"));
        }

        foreach (IGrouping<long, LearningRow> seed in measured.GroupBy(r => r.Seed).Where(s => s.Count() == 2))
            NearInBothPrecisions(seed);
        if (approve)
            Approve(measured);
        IReadOnlyList<LearningRow> known = LearningTable.Read(s_table);
        Assert.All(measured, row =>
        {
            LearningRow expected = Assert.Single(known, k => IsSame(k, row));
            Assert.True(
                (expected.Configuration, expected.Updates) == (row.Configuration, row.Updates) && Math.Abs(row.Loss - expected.Loss) <= expected.Tolerance,
                string.Create(CultureInfo.InvariantCulture, $"{row} is not {expected}"));
        });
    }

    /// <summary>A mistake in the recipe moves the loss by more than thrice what is tolerated.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_noticed(string name)
    {
        LearningPoint point = Registry.Experiment(name).Learning!;
        LearningRow row = Assert.Single(LearningTable.Read(s_table), r => $"{r.Replication}/{r.Experiment}" == name && r is { Seed: 1, Precision: "float32" });
        double loss = new LearningRun(name, point.Mistake, point.Updates).Loss(1, Precision.Float32);
        Assert.True(Math.Abs(loss - row.Loss) > 3 * row.Tolerance, string.Create(CultureInfo.InvariantCulture, $"{loss} passes for {row}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_table_has_bfloat16_learn_as_float32_does(string name)
    {
        ILookup<long, LearningRow> rows = LearningTable.Read(s_table).Where(r => $"{r.Replication}/{r.Experiment}" == name).ToLookup(r => r.Seed);
        Assert.Equal([1, 2, 3], rows.Select(r => r.Key));
        Assert.All(rows, NearInBothPrecisions);
    }

    [Fact]
    public void Every_row_belongs_to_a_configuration_and_has_a_tolerance() =>
        Assert.All(LearningTable.Read(s_table), r =>
        {
            Assert.Contains(Points, p => p.Name == $"{r.Replication}/{r.Experiment}");
            Assert.True(r.Tolerance > 0, $"{r}");
        });

    private static void NearInBothPrecisions(IGrouping<long, LearningRow> seed)
    {
        double wide = seed.Single(r => r.Precision == "float32").Loss, narrow = seed.Single(r => r.Precision == "bfloat16").Loss;
        Assert.InRange(narrow, wide * (1 - Share), wide * (1 + Share));
    }

    private static bool IsSame(LearningRow one, LearningRow other) =>
        (one.Replication, one.Experiment, one.Seed, one.Precision) == (other.Replication, other.Experiment, other.Seed, other.Precision);

    /// <summary>Takes the losses over; rows that are new stand at the end of the file with a tolerance of zero, which a test refuses.</summary>
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
