using System.Diagnostics;
using Replications.Claims;

namespace Replications.Suite.Tests.Running;

public sealed class InterruptionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_signal_is_handed_on_the_run_saves_and_the_same_command_goes_on()
    {
        using Bench bench = new("waiting", "good");
        Task<int> suite = Task.Run(() => bench.Invoke("--only", "fake/waiting,fake/good"));
        await Appears(Path.Combine(bench.Run("waiting").Folder, "ready"), suite);
        bench.Interruption.Signal();
        Assert.Equal(ExitCode.Interrupted, await suite.WaitAsync(Patience));
        Assert.Equal(RunOutcome.Interrupted, bench.Run("waiting").Outcome);
        Assert.Contains("fake/waiting: interrupted: seed 1: stopped by SIGTERM", bench.Error, StringComparison.Ordinal);
        Assert.Contains("interrupted after", bench.Error, StringComparison.Ordinal);

        using Bench again = bench.Again();
        Assert.Equal(ExitCode.Success, again.Invoke("--only", "fake/waiting,fake/good"));
        Assert.Contains("fake/waiting seed 1: taken up (interrupted)", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--fresh --", again.Starts("waiting")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_signal_kills_a_run_that_does_not_listen()
    {
        using Bench bench = new("stubborn");
        Task<int> suite = Task.Run(() => bench.Invoke("--only", "fake/stubborn"));
        string folder = bench.Run("stubborn").Folder;
        await Appears(Path.Combine(folder, "ready"), suite);
        bench.Interruption.Signal();
        await Appears(Path.Combine(folder, "ignored"), suite);
        bench.Interruption.Signal();
        // Nothing was saved: that is no interruption.
        Assert.Equal(ExitCode.Failure, await suite.WaitAsync(Patience));
        Assert.Contains("was killed by signal 9", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task The_program_itself_listens_to_signals(string signal)
    {
        using Bench bench = new("waiting");
        using Process suite = Process.Start(bench.Program("--only", "fake/waiting"))!;
        Task<string> errors = suite.StandardError.ReadToEndAsync();
        Task<string> output = suite.StandardOutput.ReadToEndAsync();
        await Appears(Path.Combine(bench.Run("waiting").Folder, "ready"), suite.WaitForExitAsync());
        using (Process kill = Process.Start("kill", ["-" + signal, suite.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await suite.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal((ExitCode.Interrupted, RunOutcome.Interrupted), (suite.ExitCode, bench.Run("waiting").Outcome));
        Assert.DoesNotContain('\u001b', await errors + await output);
    }

    private static async Task Appears(string path, Task ended)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!File.Exists(path))
        {
            Assert.False(ended.IsCompleted || watch.Elapsed > Patience, $"{path} did not appear");
            await Task.Delay(20);
        }
    }
}
