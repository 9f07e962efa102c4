using Replications.Claims;

namespace Replications.Hosting.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("did you mean 'autoencoder'?", "run", "--experiment", "autoencodr")]
    [InlineData("'--experiment' is required", "run")]
    [InlineData("did you mean '--threads'?", "run", "--experiment", "mixture", "--thread", "2")]
    [InlineData("did you mean 'learningRate'?", "run", "--experiment", "mixture", "--set", "learnigRate=1")]
    [InlineData("hidden is a whole number", "run", "--experiment", "mixture", "--set", "hidden=1.5")]
    [InlineData("hidden is between 1 and 1000", "run", "--experiment", "mixture", "--set", "hidden=0")]
    [InlineData("learningRate is a finite number", "run", "--experiment", "mixture", "--set", "learningRate=NaN")]
    [InlineData("learningRate is a finite number, and '0,5' is not", "run", "--experiment", "mixture", "--set", "learningRate=0,5")]
    [InlineData("did you mean 'HalfWay'?", "run", "--experiment", "mixture", "--set", "pace=halfwy")]
    [InlineData("--set takes name=value", "run", "--experiment", "mixture", "--set", "hidden")]
    [InlineData("--seed is 0 or larger", "run", "--experiment", "mixture", "--seed", "-1")]
    [InlineData("--threads is 1 or larger", "run", "--experiment", "mixture", "--threads", "0")]
    [InlineData("'abc' for option '--seed'", "run", "--experiment", "mixture", "--seed", "abc")]
    [InlineData("'x' for option '--threads'", "run", "--experiment", "mixture", "--threads", "x")]
    [InlineData("--results names a folder", "run", "--experiment", "mixture", "--results", "")]
    [InlineData("'tiny'", "run", "--experiment", "mixture", "--profile", "tiny")]
    [InlineData("did you mean 'describe'?", "descrbe")]
    public void A_wrong_command_line_is_refused_with_a_hint_and_nothing_is_done(string hint, params string[] args)
    {
        using var results = new ResultsFolder();
        string[] place = args[0] == "run" && !args.Contains("--results") ? ["--results", results.Path] : [];
        Assert.Equal(ExitCode.Usage, results.Host(null, [.. args, .. place]));
        Assert.Contains(hint, results.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(results.Path));
    }

    [Fact]
    public void Drawing_a_run_that_was_never_made_is_refused()
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Usage, results.Host(null, "draw", "--experiment", "mixture", "--results", results.Path));
        Assert.Contains("there is no run in", results.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    public void Help_shows_what_there_is(params string[] args)
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Success, results.Host(null, args));
        Assert.Contains("run", results.Output, StringComparison.Ordinal);
    }
}
