using System.Text.Json;
using Replications.Claims;

namespace Replications.Hosting.Tests.Commands;

public class DescribeTests
{
    [Fact]
    public void Every_experiment_is_described()
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Success, results.Host(null, "describe"));
        ExperimentDescription[] described = JsonSerializer.Deserialize<ExperimentDescription[]>(results.Output, JsonSerializerOptions.Web)!;
        Assert.Equal(6, described.Length);
        ExperimentDescription first = described[0];
        Assert.Equal(("toys", "autoencoder", "toy-bits"), (first.Replication, first.Experiment, first.Dataset));
        Assert.Equal(["quick", "paper"], first.Profiles);
        Assert.Equal(["quick"], first.Reduced);
        // Its paper profile runs less than was published: see ToyPaper.
        Assert.Equal(["quick", "paper"], described.Single(d => d.Experiment == "scaled").Reduced);
        Assert.Equal(14, (int)first.Recipes["quick"]["steps"]!);
        Assert.Equal(first.Recipes["quick"].Select(c => c.Key), first.Defaults.Select(c => c.Key));
        Assert.True(described[^1].Deterministic);
        Assert.Equal((null, "a toy"), (first.Unpublished, described[^1].Unpublished));
    }

    [Fact]
    public async Task A_machine_without_the_native_library_can_describe()
    {
        using ToyProcess process = ToyProcess.Start(new() { ["REPLICATIONS_NATIVE"] = "/nowhere/libreplications_torch.so" }, "describe");
        Assert.Equal(ExitCode.Success, await process.Ended());
        Assert.Contains("\"autoencoder\"", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_the_native_library_says_what_to_type()
    {
        using var results = new ResultsFolder();
        using ToyProcess process = ToyProcess.Start(
            new() { ["REPLICATIONS_NATIVE"] = "/nowhere/libreplications_torch.so" }, "run", "--experiment", "mixture", "--results", results.Path);
        Assert.Equal(ExitCode.Setup, await process.Ended());
        Assert.Contains("./run-all.sh", process.Errors, StringComparison.Ordinal);
    }
}
