using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;

namespace Replications.Properties.Tests.Every;

/// <summary>Claims and experiments speak of the same things.</summary>
public class ClaimTests
{
    public static TheoryData<string> Replications => [.. Registry.Replications.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Replications))]
    public void Every_claim_is_measured_by_its_experiment(string name)
    {
        Replication replication = Registry.Replications.Single(r => r.Name == name);
        foreach (Claim claim in Claims(name))
        {
            Experiment experiment = Assert.Single(replication.Experiments, e => e.Name == claim.Experiment);
            Assert.Equal(experiment.Dataset, claim.Dataset);
            Assert.Equal(experiment.Needs, claim.Needs);
            using TinySubject tiny = new TinySubject($"{name}/{experiment.Name}").Initialise();
            Datasets.Split split = Enum.Parse<Datasets.Split>(claim.Split, ignoreCase: true);
            Assert.Contains(split, tiny.Subject.Schedule.MeasureAtEnd);
            Assert.Contains(tiny.Evaluate(split), m => m.Metric == claim.Metric && m.Unit == claim.Unit);
            Assert.Equal(tiny.Subject.Schedule.SelectOn is null ? "last" : "selected", claim.Checkpoint);
        }
    }

    [Theory]
    [MemberData(nameof(Replications))]
    public void Every_experiment_answers_for_a_claim_or_says_why_there_is_none(string name)
    {
        IReadOnlyList<Claim> claims = Claims(name);
        Assert.All(
            Registry.Replications.Single(r => r.Name == name).Experiments,
            e => Assert.True(claims.Any(c => c.Experiment == e.Name) == string.IsNullOrWhiteSpace(e.Unpublished), e.Name));
    }

    /// <summary>A quick run without a row would be held against nothing.</summary>
    [Fact]
    public void The_reference_table_has_a_row_for_every_quick_recipe_and_for_nothing_else()
    {
        IEnumerable<string> recipes =
            from replication in Registry.Replications
            from experiment in replication.Experiments
            where experiment.QuickRecipe is not null
            select $"{replication.Name}/{experiment.Name}";
        IEnumerable<string> rows =
            from row in ReferenceTable.Read(Path.Combine(Repository.Root, "data", "reference", "quick.csv"))
            where row.Profile == Profiles.Quick
            select $"{row.Replication}/{row.Experiment}";
        Assert.Equal(recipes.Order(StringComparer.Ordinal), rows.Distinct().Order(StringComparer.Ordinal));
    }

    private static List<Claim> Claims(string name) => [.. ClaimsFile.ReadAll(Repository.Root).Where(c => c.Replication == name)];
}
