using Replications.Claims;
using Replications.Reporting.Metrics;

namespace Replications.Hosting.Tests.Commands;

/// <summary>Real processes killed and interrupted: what they leave is what an uninterrupted run leaves.</summary>
public sealed class SignalTests(SignalTests.WholeRun whole) : IClassFixture<SignalTests.WholeRun>
{
    private static readonly string[] Outputs = ["last.safetensors", "selected.safetensors", "samples.png"];

    // Long enough that signals fall into steps, evaluations and drawing; the pauses change no number.
    private static readonly string[] Slow = ["--set", "steps=24", "--set", "pause=20", "--threads", "1"];

    [Fact]
    public async Task Killed_at_random_times_and_taken_up_again()
    {
        using var results = new ResultsFolder();
        var random = new Random(11);
        int kills = 0;
        for (int i = 0; i < 4; i++)
        {
            using ToyProcess process = Start(results);
            await UntilTraining(results, process);
            await Task.Delay(random.Next(50, 500));
            if (process.HasEnded)
                break;
            process.Kill();
            await process.Ended();
            // On a fast machine it may have finished, and been on its way out.
            if (results.Record("machine").State == RunState.Succeeded)
                break;
            kills++;
            Assert.Equal(RunState.Running, results.Record("machine").State);
        }

        Assert.True(kills > 0);
        using ToyProcess last = Start(results);
        Assert.Equal(ExitCode.Success, await last.Ended());
        AssertSame(whole.Results, results);
        Assert.InRange(results.Record("machine").Resumes, 1, kills);
    }

    [Theory]
    [InlineData("evaluating")]
    [InlineData("measuring")]
    [InlineData("drawing")]
    public async Task Killed_inside_work_that_is_not_a_step_and_taken_up_again(string phase)
    {
        using var results = new ResultsFolder();
        string[] drawn = ["--set", phase == "drawing" ? "drawPause=200" : "drawPause=5"];
        using (ToyProcess process = Start(results, drawn))
        {
            await Until(process, phase);
            process.Kill();
            await process.Ended();
        }

        Assert.Equal(RunState.Running, results.Record("machine").State);
        using ToyProcess again = Start(results, drawn);
        Assert.Equal(ExitCode.Success, await again.Ended());
        AssertSame(whole.Results, results);
    }

    [Theory]
    [InlineData(ToyProcess.Terminate, "training")]
    [InlineData(ToyProcess.Interrupt, "training")]
    [InlineData(ToyProcess.Terminate, "evaluating")]
    [InlineData(ToyProcess.Interrupt, "measuring")]
    [InlineData(ToyProcess.Terminate, "drawing")]
    public async Task A_signal_saves_and_ends_with_a_code_of_its_own(int signal, string phase)
    {
        using var results = new ResultsFolder();
        string[] drawn = ["--set", phase == "drawing" ? "drawPause=200" : "drawPause=5"];
        using (ToyProcess process = Start(results, drawn))
        {
            await Until(process, phase);
            process.Signal(signal);
            Assert.Equal(ExitCode.Interrupted, await process.Ended());
        }

        RunRecord record = results.Record("machine");
        Assert.Equal(RunState.Interrupted, record.State);
        Assert.EndsWith("; the same command goes on", record.Reason, StringComparison.Ordinal);
        using ToyProcess again = Start(results, drawn);
        Assert.Equal(ExitCode.Success, await again.Ended());
        AssertSame(whole.Results, results);
        Assert.True(results.Record("machine").Seconds > record.Seconds);
    }

    /// <summary>A job that is stopped as a whole hears it twice: from whoever stops it, and from the suite.</summary>
    [Fact]
    public async Task A_signal_and_its_echo_are_one()
    {
        using var results = new ResultsFolder();
        using ToyProcess process = Start(results);
        await UntilTraining(results, process);
        process.Signal(ToyProcess.Terminate);
        process.Signal(ToyProcess.Terminate);
        process.Signal(ToyProcess.Interrupt);
        Assert.Equal(ExitCode.Interrupted, await process.Ended());
        Assert.Equal(RunState.Interrupted, results.Record("machine").State);
    }

    [Fact]
    public async Task A_second_signal_ends_the_process_at_once()
    {
        using var results = new ResultsFolder();
        using ToyProcess process = ToyProcess.Start(
            new() { [ProgressLine.Variable] = ProgressLine.Json },
            ["run", "--experiment", "machine", "--results", results.Path, "--set", "evaluateEvery=1", "--set", "pause=5000", "--threads", "1"]);
        // Told before the wait that it announces, in which nothing looks at the flag.
        await Until(process, "evaluating");
        await Task.Delay(300);
        process.Signal(ToyProcess.Terminate);
        await Task.Delay(1300);
        Assert.False(process.HasEnded);
        process.Signal(ToyProcess.Terminate);
        Assert.Equal(128 + ToyProcess.Terminate, await process.Ended());
        Assert.Equal(RunState.Running, results.Record("machine").State);
    }

    [Fact]
    public async Task Two_processes_on_one_folder_are_refused_and_a_killed_one_leaves_no_lock()
    {
        using var results = new ResultsFolder();
        using ToyProcess first = Start(results);
        await UntilTraining(results, first);
        using ToyProcess second = Start(results);
        Assert.Equal(ExitCode.Locked, await second.Ended());
        first.Kill();
        await first.Ended();
        using ToyProcess third = Start(results);
        await Task.Delay(50);
        third.Signal(ToyProcess.Terminate);
        Assert.NotEqual(ExitCode.Locked, await third.Ended());
    }

    private static ToyProcess Start(ResultsFolder results, params string[] more) =>
        ToyProcess.Start(new() { [ProgressLine.Variable] = ProgressLine.Json }, ["run", "--experiment", "machine", "--results", results.Path, .. Slow, .. more]);

    /// <summary>Waits until the process says that it is in a phase.</summary>
    private static async Task Until(ToyProcess process, string phase)
    {
        while (!process.HasEnded && !process.Output.Contains($"\"phase\":\"{phase}\"", StringComparison.Ordinal))
            await Task.Delay(5);
        Assert.False(process.HasEnded, process.Errors);
    }

    /// <summary>Waits for the first checkpoint of this start, or its end.</summary>
    private static async Task UntilTraining(ResultsFolder results, ToyProcess process)
    {
        DateTime begun = DateTime.UtcNow;
        while (!process.HasEnded && !(File.Exists(results.File("machine", "log.txt")) && NewestCheckpoint(results) > begun))
            await Task.Delay(20);
    }

    private static DateTime NewestCheckpoint(ResultsFolder results)
    {
        string folder = results.File("machine", "checkpoint");
        return Directory.Exists(folder) ? Directory.GetLastWriteTimeUtc(folder) : DateTime.MinValue;
    }

    private static void AssertSame(ResultsFolder whole, ResultsFolder results)
    {
        foreach (string file in Outputs)
            Assert.Equal(File.ReadAllBytes(whole.File("machine", file)), File.ReadAllBytes(results.File("machine", file)));
        Assert.Equal(Newest(whole), Newest(results));
        Assert.Equal(Rows(whole), Rows(results));
        Assert.Equal(whole.Record("machine").Measurements, results.Record("machine").Measurements);
    }

    /// <summary>The checksum file of the newest checkpoint, which covers tensors and loop state.</summary>
    private static string Newest(ResultsFolder results) =>
        File.ReadAllText(Path.Combine(Directory.GetDirectories(results.File("machine", "checkpoint"), "step-*").Max(StringComparer.Ordinal)!, "SHA256SUMS"));

    private static IEnumerable<MetricRow> Rows(ResultsFolder results) =>
        MetricsFile.Read(results.File("machine", "metrics.csv")).Select(r => r with { Seconds = 0 });

    /// <summary>One run that nobody interrupts, for all tests to compare with.</summary>
    public sealed class WholeRun : IAsyncLifetime
    {
        internal ResultsFolder Results { get; } = new();

        public async Task InitializeAsync()
        {
            using ToyProcess process = Start(Results);
            Assert.Equal(ExitCode.Success, await process.Ended());
        }

        public Task DisposeAsync()
        {
            Results.Dispose();
            return Task.CompletedTask;
        }
    }
}
