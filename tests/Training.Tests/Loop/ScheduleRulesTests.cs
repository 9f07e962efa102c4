using Replications.Training.Loop;
using Replications.Training.Subjects;

namespace Replications.Training.Tests.Loop;

public class ScheduleRulesTests
{
    [Fact]
    public void Schedules_that_cannot_be_followed_are_refused()
    {
        Schedule good = new() { StepsPerEpoch = 1, MaxSteps = 1 };
        Assert.Same(good, ScheduleRules.Checked(good));
        Assert.Throws<ArgumentException>(() => ScheduleRules.Checked(good with { StepsPerEpoch = 0 }));
        Assert.Throws<ArgumentException>(() => ScheduleRules.Checked(good with { MaxSteps = -1 }));
        Assert.Throws<ArgumentException>(() => ScheduleRules.Checked(good with { EvaluateEvery = -1 }));
        Assert.Throws<ArgumentException>(() => ScheduleRules.Checked(good with { Patience = -1 }));
        Assert.Throws<ArgumentException>(() => ScheduleRules.Checked(good with { Patience = 1 }));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(4, 0, false)]
    [InlineData(8, 0, false)]
    [InlineData(0, 4, false)]
    [InlineData(3, 4, false)]
    [InlineData(4, 4, true)]
    [InlineData(8, 4, true)]
    [InlineData(10, 4, true)]
    public void Evaluations_are_due_at_multiples_and_at_the_end(long step, long every, bool due)
    {
        Schedule schedule = new() { StepsPerEpoch = 1, MaxSteps = 10, EvaluateEvery = every };
        Assert.Equal(due, schedule.EvaluationDue(new LoopState { Step = step }));
        Assert.False(schedule.EvaluationDue(new LoopState { Step = step, EvaluatedAt = step }));
    }

    [Theory]
    [InlineData(0, 0, 0, 100)]
    [InlineData(0, 3, 0, 0)]
    [InlineData(79, 3, 1, 0)]
    [InlineData(80, 3, 1, 100)]
    [InlineData(60, 3, 0, 0)]
    [InlineData(70, 3, 0, 100)]
    public void The_end_is_known_once_patience_cannot_run_out_before_it(long step, int patience, int without, long end)
    {
        Schedule schedule = new() { StepsPerEpoch = 10, MaxSteps = 100, EvaluateEvery = 10, SelectOn = "nll", Patience = patience };
        Assert.Equal(end, schedule.KnownEnd(new LoopState { Step = step, WithoutImprovement = without }));
    }
}
