using Replications.Claims;
using Replications.Training.Loop;

namespace Replications.Training.Tests.Loop;

/// <summary>Interrupted and taken up again is the same as never interrupted, byte for byte, wherever the interruption falls.</summary>
public class ResumeTests
{
    [Theory]
    [MemberData(nameof(ToyRun.Names), MemberType = typeof(ToyRun))]
    public void Stopped_at_any_point_and_taken_up_again(string toy)
    {
        (string expected, int calls) = Uninterrupted(toy);
        for (int point = 0; point < calls; point++)
        {
            using var run = new ToyRun(toy) { Interval = TimeSpan.FromDays(1) };
            TrainingResult first = run.Start(stopAt: point);
            if (first.State == RunState.Succeeded)
            {
                // The last progress call of all comes too late to stop anything.
                Assert.Equal(expected, run.Trace(first));
                continue;
            }

            Assert.Equal(RunState.Interrupted, first.State);
            Assert.Equal(expected, run.Trace(run.Start()));
        }
    }

    [Theory]
    [MemberData(nameof(ToyRun.Names), MemberType = typeof(ToyRun))]
    public void Killed_at_any_point_and_taken_up_again(string toy)
    {
        (string expected, int calls) = Uninterrupted(toy);
        for (int point = 0; point < calls; point++)
        {
            using var run = new ToyRun(toy);
            Assert.Throws<KilledException>(() => run.Start(killAt: point));
            Assert.Equal(expected, run.Trace(run.Start()));
        }
    }

    [Theory]
    [MemberData(nameof(ToyRun.Names), MemberType = typeof(ToyRun))]
    public void Interrupted_again_and_again(string toy)
    {
        (string expected, _) = Uninterrupted(toy);
        var random = new Random(5);
        using var run = new ToyRun(toy);
        TrainingResult? result = null;
        for (int start = 0; start < 200 && result is not { State: RunState.Succeeded }; start++)
        {
            try
            {
                int point = random.Next(1, 40);
                result = random.Next(2) == 0 ? run.Start(stopAt: point) : run.Start(killAt: point);
            }
            catch (KilledException)
            {
                result = null;
            }
        }

        Assert.Equal(RunState.Succeeded, result?.State);
        Assert.Equal(expected, run.Trace(result!));
    }

    [Fact]
    public void An_evaluation_that_was_interrupted_is_made_again_and_nothing_else()
    {
        using var run = new ToyRun("autoencoder") { Interval = TimeSpan.FromDays(1) };
        // Four steps report once each; the sixth report is inside the evaluation after them.
        Assert.Equal(RunState.Interrupted, run.Start(stopAt: 5).State);
        Assert.Empty(run.Journal.Points);
        run.Start();
        Assert.Equal(4, run.Journal.BeganAt);
    }

    [Fact]
    public void A_finished_run_that_is_started_again_measures_nothing()
    {
        using var run = new ToyRun("autoencoder");
        string expected = run.Trace(run.Start());
        TrainingResult again = run.Start();
        Assert.Equal(expected, run.Trace(again));
        Assert.DoesNotContain(Phase.Measuring, run.Journal.Phases);
        Assert.DoesNotContain(Phase.Training, run.Journal.Phases);
    }

    private static (string Trace, int Calls) Uninterrupted(string toy)
    {
        using var run = new ToyRun(toy) { Interval = TimeSpan.FromDays(1) };
        TrainingResult result = run.Start();
        Assert.Equal(RunState.Succeeded, result.State);
        return (run.Trace(result), run.Journal.Calls);
    }
}
