using Replications.Claims;

namespace Replications.Suite.Tests.Running;

/// <summary>Runs that end badly: each is named, the others go on, and the exit code tells.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("failing", "failed (exit code 1)", "a planted fault")]
    [InlineData("diverging", "diverged (exit code 4)", "loss is NaN at update 7")]
    [InlineData("crashing", "was killed by signal 6", "killed: its record says running")]
    [InlineData("silent", "left no record of success", "killed before it wrote one")]
    public void A_bad_run_is_named_and_the_next_is_made(string experiment, string ending, string reason)
    {
        using Bench bench = new(experiment, "good");
        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", $"fake/{experiment},fake/good"));
        Assert.Contains($"fake/{experiment} seed 1: {ending}", bench.Error, StringComparison.Ordinal);
        Assert.Contains(reason, bench.Error, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Succeeded, bench.Run("good").Outcome);
    }

    [Fact]
    public void The_last_lines_of_a_failed_run_are_shown()
    {
        using Bench bench = new("failing");
        bench.Invoke("--only", "fake/failing");
        Assert.Contains("    the stack of an exception", bench.Error, StringComparison.Ordinal);
        Assert.Contains("    a line of the log", bench.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("@progress", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_without_a_claim_fails_the_suite_too()
    {
        using Bench bench = new("good");
        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", "fake/good,fake/failing"));
        Assert.Contains("quick/fake/failing/seed-1: failed: a planted fault", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replication_that_is_not_built_is_a_failure_and_its_claims_are_missing()
    {
        using Bench bench = new("good");
        bench.File("replications/Glow/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + Bench.Row("good").Replace("fake/", "glow/", StringComparison.Ordinal) + "\n");
        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", "fake/good,glow"));
        Assert.Contains("glow: not built", bench.Error, StringComparison.Ordinal);
        Assert.Contains("glow/good: missing: seed 1: never run", bench.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, bench.Invoke("--only", "fake/good"));
    }

    [Fact]
    public void A_program_that_describes_another_replication_is_a_failure()
    {
        using Bench bench = new("good");
        bench.File("replications/Glow/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + Bench.Row("good").Replace("fake/", "glow/", StringComparison.Ordinal) + "\n");
        Directory.CreateDirectory(Path.Combine(bench.Root, "programs", "Glow", "release"));
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Replications.Fake.*").Append(Path.Combine(AppContext.BaseDirectory, "Replications.Claims.dll")))
        {
            File.Copy(file, Path.Combine(bench.Root, "programs", "Glow", "release", Path.GetFileName(file).Replace("Fake", "Glow", StringComparison.Ordinal)));
        }

        Assert.Equal(ExitCode.Failure, bench.Invoke("list"));
        Assert.Contains("glow: ", bench.Error, StringComparison.Ordinal);
    }

    /// <summary>Else the runs that follow would name the commit of programs that are no longer there.</summary>
    [Fact]
    public void Programs_that_are_built_anew_on_the_way_end_the_command()
    {
        var clock = new Meddler();
        using Bench bench = new("good") { Clock = clock };
        clock.Meddle = () =>
        {
            if (bench.Run("good").Outcome != RunOutcome.Missing)
                bench.File("stamp", "another");
        };
        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", "fake/good", "--seeds", "2"));
        Assert.Contains("seed 2: the programs were built anew since this command began: type it again", bench.Error, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Missing), (bench.Run("good").Outcome, bench.Run("good", 2).Outcome));
    }

    [Fact]
    public void A_program_without_a_claims_file_fails_and_one_that_claims_nothing_is_run()
    {
        using Bench bench = new("good");
        bench.File("replications/Wgan/Wgan.csproj", "");
        Assert.Equal(ExitCode.Failure, bench.Invoke("--only", "fake/good,wgan"));
        Assert.Contains("claims.csv: no such file", bench.Error, StringComparison.Ordinal);

        using Bench silent = new("good");
        silent.File("replications/Fake/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n");
        Assert.Equal(ExitCode.Success, silent.Invoke("--only", "fake/good"));
        Assert.Equal(RunOutcome.Succeeded, silent.Run("good").Outcome);
    }

    [Fact]
    public void A_bad_claims_file_is_named_and_fails()
    {
        using Bench bench = new("good");
        bench.File("replications/Fake/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + Bench.Row("good").Replace(",0.1,", ",-1,", StringComparison.Ordinal) + "\n");
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify"));
        Assert.Contains("claims.csv:2, column margin: '-1'; a number above 0 was expected", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suite_without_replications_is_a_failure()
    {
        using Bench bench = new("good");
        File.Delete(Path.Combine(bench.Root, "replications", "Fake", "claims.csv"));
        Assert.Equal(ExitCode.Failure, bench.Invoke());
        Assert.Contains("there is no claims.csv", bench.Error, StringComparison.Ordinal);
    }

    /// <summary>Does something whenever the time is asked for.</summary>
    private sealed class Meddler : TimeProvider
    {
        public Action Meddle { get; set; } = () => { };

        public override long GetTimestamp()
        {
            Meddle();
            return base.GetTimestamp();
        }
    }
}
