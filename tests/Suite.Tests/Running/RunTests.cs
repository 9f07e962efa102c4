using Replications.Claims;

namespace Replications.Suite.Tests.Running;

public sealed class RunTests
{
    [Fact]
    public void Runs_that_succeed_are_judged_and_reported_and_the_exit_code_is_0()
    {
        using Bench bench = new();
        Assert.Equal(ExitCode.Success, bench.Invoke("--only", Bench.Good));
        ApprovedText.Check("run.txt", bench.Out);
        Assert.Contains("fake/good: inconclusive: needs 2 seeds, has 1", bench.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(bench.Results, "quick", "report.html")));
        Assert.StartsWith("profile,replication,", File.ReadAllText(Path.Combine(bench.Results, "quick", "summary.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_is_told_everything()
    {
        using Bench bench = new() { Source = new SourceVersion("0123abc", true) };
        bench.File("mirror/x", "");
        string mirror = Path.Combine(bench.Root, "mirror");
        Assert.Equal(ExitCode.Success, bench.Invoke("run", "--only", "fake/good", "--seeds", "2-2", "--threads", "3", "--precision", "bfloat16", "--set", "hiddenUnits=100", "--data-mirror", mirror));
        Assert.Equal(
            [$"run --experiment good --profile quick --seed 2 --results {bench.Results} --device cpu --precision bfloat16 --threads 3 --set hiddenUnits=100 --data-mirror {mirror} --source 0123abc+dirty "
                + "--declared fake/good: nll on test with last weights, give or take 0.1 nats, over 2 seeds"],
            bench.Starts("good", 2));
        Assert.Contains("reduced", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GPU_is_used_unless_another_device_is_asked_for()
    {
        using Bench bench = new() { HasGpu = true };
        bench.Invoke("--only", "fake/good");
        bench.Invoke("--only", "fake/exact", "--device", "cpu");
        Assert.Contains("--device cuda ", Assert.Single(bench.Starts("good")), StringComparison.Ordinal);
        Assert.Contains("--device cpu ", Assert.Single(bench.Starts("exact")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_finished_is_not_run_again_until_it_is_asked_for_afresh()
    {
        using Bench bench = new();
        bench.Invoke("--only", "fake/good");
        Assert.Equal(ExitCode.Success, bench.Invoke("--only", "fake/good"));
        Assert.Contains("fake/good seed 1: finished already", bench.Error, StringComparison.Ordinal);
        Assert.Single(bench.Starts("good"));

        bench.Invoke("--only", "fake/good", "--fresh");
        Assert.Equal(2, bench.Starts("good").Length);
        Assert.Contains(" --fresh ", bench.Starts("good")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_run_is_not_lost_to_a_changed_constant()
    {
        using Bench bench = new();
        bench.Invoke("--only", "fake/good", "--set", "hiddenUnits=100");
        bench.Invoke("--only", "fake/good", "--set", "hiddenUnits=100");
        Assert.Single(bench.Starts("good"));

        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", "fake/good"));
        Assert.Contains("error: the folder holds a run made otherwise", bench.Error, StringComparison.Ordinal);
        Assert.True(bench.Run("good").Record!.Reduced);

        Assert.Equal(ExitCode.Success, bench.Invoke("--only", "fake/good", "--fresh"));
        Assert.False(bench.Run("good").Record!.Reduced);

        // It has 500 anyway.
        int starts = bench.Starts("good").Length;
        Assert.Equal(ExitCode.Success, bench.Invoke("--only", "fake/good", "--set", "hiddenUnits=500"));
        Assert.Equal(starts, bench.Starts("good").Length);
    }

    [Fact]
    public void A_finished_run_is_not_lost_to_another_precision()
    {
        using Bench bench = new();
        bench.Invoke("--only", "fake/good", "--precision", "bfloat16");
        bench.Invoke("--only", "fake/good", "--precision", "bfloat16");
        Assert.Single(bench.Starts("good"));

        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", "fake/good"));
        Assert.Contains("error: the folder holds a run made otherwise", bench.Error, StringComparison.Ordinal);
        Assert.Equal(Precisions.BFloat16, bench.Run("good").Record!.Engine.Precision);
    }

    [Fact]
    public void Seeds_are_judged_together()
    {
        using Bench bench = new();
        Assert.Equal(ExitCode.Success, bench.Invoke("--only", "fake/good,fake/exact", "--seeds", "2"));
        Assert.Contains("replicated", bench.Out, StringComparison.Ordinal);
        Assert.Contains("training seeds (95 % Student t), 2 seeds", bench.Out, StringComparison.Ordinal);
        // A value that no seed changes is not made twice.
        Assert.Equal((1, 0), (bench.Starts("exact").Length, bench.Starts("exact", 2).Length));
    }

    [Fact]
    public void The_paper_profile_runs_as_many_seeds_as_the_claims_need()
    {
        using Bench bench = new();
        bench.Invoke("--profile", "paper", "--only", "fake/good");
        Assert.Equal((1, 1, 0), (bench.Starts("good", 1, "paper").Length, bench.Starts("good", 2, "paper").Length, bench.Starts("good", 3, "paper").Length));
    }

    [Fact]
    public void What_needs_a_GPU_or_does_not_fit_the_budget_is_missing_and_says_so()
    {
        using Bench bench = new("good", "exact", "large");
        bench.Record("good", "exact");
        Assert.Equal(ExitCode.Failure, bench.Invoke("--profile", "paper", "--seeds", "1", "--only", "fake/good,fake/exact,fake/large", "--budget", "1h30m"));
        Assert.Contains("fake/large: missing: seed 1: needs a GPU, and this machine has none", bench.Error, StringComparison.Ordinal);
        Assert.Contains("fake/exact: missing: seed 1: does not fit into the budget of 5400 s", bench.Error, StringComparison.Ordinal);
        Assert.Empty(bench.Starts("exact", 1, "paper"));
        Assert.Single(bench.Starts("good", 1, "paper"));
    }

    /// <summary>What an earlier command left in its place was made otherwise.</summary>
    [Fact]
    public void What_is_left_out_is_missing_even_where_another_run_lies()
    {
        using Bench bench = new("good");
        bench.Record("good");
        bench.Invoke("--profile", "paper", "--seeds", "1", "--only", "fake/good", "--set", "hiddenUnits=100");
        Assert.Equal(ExitCode.Failure, bench.Invoke("--profile", "paper", "--seeds", "1", "--only", "fake/good", "--budget", "1s"));
        Assert.Contains("fake/good: missing: seed 1: does not fit into the budget of 1 s", bench.Error, StringComparison.Ordinal);
        Assert.Contains(",./run-all.sh run --profile paper --only fake/good --seeds 1,", File.ReadAllText(Path.Combine(bench.Results, "paper", "summary.csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, "--device cuda ")]
    [InlineData(false, "cpu", "--device cpu ")]
    public void What_needs_a_GPU_is_run_on_one_or_where_it_is_asked_for(bool gpu, string? device, string expected)
    {
        using Bench bench = new("large") { HasGpu = gpu };
        string[] on = device is null ? [] : ["--device", device];
        Assert.Equal(ExitCode.Success, bench.Invoke(["--profile", "paper", "--seeds", "1", "--only", "fake/large", .. on]));
        Assert.Contains(expected, Assert.Single(bench.Starts("large", 1, "paper")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_a_part_leaves_the_rest_in_the_summary()
    {
        using Bench bench = new();
        bench.Invoke("--only", Bench.Good);
        bench.Invoke("--only", "fake/good", "--fresh");
        Assert.DoesNotContain("fake/exact", bench.Out, StringComparison.Ordinal);
        Assert.Contains("fake/exact", File.ReadAllText(Path.Combine(bench.Results, "quick", "summary.csv")), StringComparison.Ordinal);
    }
}
