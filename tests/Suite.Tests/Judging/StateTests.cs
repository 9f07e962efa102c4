using System.Text.Json;
using Replications.Claims;
using Replications.Suite.Views;
using Spectre.Console;

namespace Replications.Suite.Tests.Judging;

public sealed class StateTests
{
    [Fact]
    public void List_is_as_approved()
    {
        using Bench bench = new();
        bench.Record("good", "exact");
        Assert.Equal(ExitCode.Success, bench.Invoke("list"));
        ApprovedText.Check("list.txt", bench.Out);
    }

    [Fact]
    public void Status_shows_what_is_there_and_what_is_not()
    {
        using Bench bench = new("good", "failing", "exact");
        bench.Invoke("--only", "fake/good,fake/failing");
        Assert.Equal(ExitCode.Success, bench.Invoke("status", "--only", "fake/good,fake/failing,fake/exact"));
        ApprovedText.Check("status.txt", bench.Out);
        bench.Invoke("status", "--only", "fake/good", "--json");
        Assert.Equal("succeeded", JsonDocument.Parse(bench.Out).RootElement[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public void Plan_says_what_would_be_done_and_does_nothing()
    {
        using Bench bench = new();
        bench.Invoke("--only", "fake/good");
        Assert.Equal(ExitCode.Success, bench.Invoke("plan", "--only", "fake/good,fake/exact", "--json"));
        Assert.Equal(["skip", "make"], JsonDocument.Parse(bench.Out).RootElement.EnumerateArray().Select(r => r.GetProperty("step").GetString()));
        Assert.Empty(bench.Starts("exact"));
    }

    [Fact]
    public void Report_is_written_again_without_a_run()
    {
        using Bench bench = new("exact");
        bench.Invoke("--only", "fake/exact");
        string report = Path.Combine(bench.Results, "quick", "report.html");
        File.Delete(report);
        bench.Invoke("report");
        Assert.True(File.Exists(report));
        Assert.Single(bench.Starts("exact"));
    }

    [Fact]
    public void Doctor_names_what_is_not_there()
    {
        using Bench bench = new("good");
        Assert.Equal(ExitCode.Setup, bench.Invoke("doctor"));
        Assert.Contains("no native part was built", bench.Out, StringComparison.Ordinal);
        bench.File("native/libreplications_torch.so", "");
        Assert.Equal(ExitCode.Success, bench.Invoke("doctor", "--json"));
        Assert.Contains(JsonDocument.Parse(bench.Out).RootElement.EnumerateArray(), f => f.GetProperty("name").GetString() == "fake" && f.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, true)]
    [InlineData(true, "", true)]
    [InlineData(true, "1", false)]
    public void Colours_are_for_terminals_without_NO_COLOR(bool terminal, string? noColour, bool coloured)
    {
        using Bench bench = new("exact") { IsTerminal = terminal };
        if (noColour is not null)
        {
            bench.Environment["NO_COLOR"] = noColour;
        }

        bench.Invoke("--only", "fake/exact");
        Assert.Equal(coloured, bench.Out.Contains('\u001b', StringComparison.Ordinal));
        Assert.True(terminal || !bench.Error.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_but_a_replicated_claim_is_green() =>
        Assert.Equal([Verdict.Replicated], Enum.GetValues<Verdict>().Where(v => VerdictView.Colour(v).Foreground == Color.Green));
}
