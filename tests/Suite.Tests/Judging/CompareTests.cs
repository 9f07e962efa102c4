using System.Text.Json;
using Replications.Claims;

namespace Replications.Suite.Tests.Judging;

public sealed class CompareTests
{
    [Fact]
    public void The_better_side_is_named_and_chance_is_not_hidden()
    {
        using Bench bench = new("good");
        string other = Path.Combine(bench.Root, "other");
        bench.Invoke("--only", "fake/good", "--seeds", "2");
        bench.Invoke("--only", "fake/good", "--seeds", "2", "--results", other);
        Assert.Equal(ExitCode.Success, bench.Invoke("compare", bench.Results, other));
        Assert.DoesNotMatch("[AB][?]? +nats", bench.Out);
        Assert.Contains("of forty comparisons where nothing changed, about two leave out 0 by chance", bench.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("made otherwise", bench.Error, StringComparison.Ordinal);

        // Both seeds are better by the same amount; then one of them is worse by more.
        Set(other, 1, 1.01);
        Set(other, 2, 1.02);
        bench.Invoke("compare", bench.Results, other);
        Assert.Matches(" B +nats", bench.Out);
        bench.Invoke("compare", bench.Results, other, "--json");
        JsonElement row = JsonDocument.Parse(bench.Out).RootElement[0];
        Assert.Equal("B", row.GetProperty("better").GetString());
        Assert.True(row.GetProperty("difference").GetProperty("isClear").GetBoolean());
        Set(other, 2, 1.52);
        bench.Invoke("compare", bench.Results, other);
        Assert.Matches(" A[?] +nats", bench.Out);
    }

    [Fact]
    public void Runs_that_were_made_otherwise_are_said_to_be()
    {
        using Bench bench = new("good");
        string other = Path.Combine(bench.Root, "other");
        bench.Invoke("--only", "fake/good");
        bench.Invoke("--only", "fake/good", "--results", other, "--precision", "bfloat16", "--set", "hiddenUnits=100");
        Assert.Equal(ExitCode.Success, bench.Invoke("compare", bench.Results, other));
        Assert.Contains("fake/good: A and B were made otherwise: hiddenUnits: 500 -> \"100\"; precision: float32 -> bfloat16", bench.Error, StringComparison.Ordinal);
    }

    private static void Set(string results, long seed, double value)
    {
        string path = Path.Combine(new ResultsTree(results).Folder(new RunKey(Profiles.Quick, "fake", "good", seed)), RunRecordFile.Name);
        RunRecord record = RunRecordFile.Read(path);
        RunRecordFile.Write(path, record with { Measurements = [record.Measurements[0] with { Value = value }] });
    }
}
