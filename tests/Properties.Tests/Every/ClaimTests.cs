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

    private static List<Claim> Claims(string name) => [.. ClaimsFile.ReadAll(Repository.Root).Where(c => c.Replication == name)];
}
