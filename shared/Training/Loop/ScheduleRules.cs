using Replications.Training.Subjects;

namespace Replications.Training.Loop;

/// <summary>What a schedule asks for, checked and answered.</summary>
internal static class ScheduleRules
{
    /// <summary>Refuses a schedule that cannot be followed.</summary>
    /// <exception cref="ArgumentException">What is wrong, in a sentence.</exception>
    public static Schedule Checked(Schedule schedule)
    {
        if (schedule.StepsPerEpoch < 1)
            throw Wrong("StepsPerEpoch is below 1");
        if (schedule.MaxSteps < 0)
            throw Wrong("MaxSteps is below 0");
        if (schedule.EvaluateEvery < 0)
            throw Wrong("EvaluateEvery is below 0");
        if (schedule.Patience < 0)
            throw Wrong("Patience is below 0");
        return schedule is { Patience: > 0, SelectOn: null } ? throw Wrong("Patience needs SelectOn") : schedule;
    }

    /// <summary>True when an evaluation is due before anything else happens.</summary>
    public static bool EvaluationDue(this Schedule schedule, LoopState state)
    {
        if (state.EvaluatedAt == state.Step)
            return false;
        return schedule.TrainingOver(state)
            ? schedule.EvaluateEvery > 0 || schedule.SelectOn is not null
            : schedule.EvaluateEvery > 0 && state.Step > 0 && state.Step % schedule.EvaluateEvery == 0;
    }

    /// <summary>True when no more updates are to be made.</summary>
    public static bool TrainingOver(this Schedule schedule, LoopState state) => state.Stopped || state.Step >= schedule.MaxSteps;

    /// <summary>Updates in all; 0 while validation may still end the training before the last of them.</summary>
    public static long KnownEnd(this Schedule schedule, LoopState state)
    {
        long patienceLeft = Math.Max(0, schedule.Patience - state.WithoutImprovement) * schedule.EvaluateEvery;
        return schedule.Patience == 0 || state.Step + patienceLeft >= schedule.MaxSteps ? schedule.MaxSteps : 0;
    }

    /// <summary>True when the scalars of steps are averaged and recorded at this step although nothing is evaluated.</summary>
    public static bool ScalarsDue(this Schedule schedule, LoopState state) =>
        schedule.EvaluateEvery == 0 && (state.Step % schedule.StepsPerEpoch == 0 || schedule.TrainingOver(state));

    /// <summary>Passes over the training split.</summary>
    public static double Epochs(this Schedule schedule, long step) => (double)step / schedule.StepsPerEpoch;

    private static ArgumentException Wrong(string what) => new($"the subject's schedule cannot be followed: {what}");
}
