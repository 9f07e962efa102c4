using Replications.Claims;

namespace Replications.Suite.Plans;

/// <summary>What is to be done about a run.</summary>
internal enum Step
{
    /// <summary>It will be made from the beginning.</summary>
    Make,

    /// <summary>It will be taken up where it stopped.</summary>
    Resume,

    /// <summary>It is finished with the recipe that is asked for.</summary>
    Skip,

    /// <summary>It will not be made, and counts as missing.</summary>
    LeaveOut,
}

/// <summary>One run of a plan.</summary>
/// <param name="Key">Which run.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Step">What is to be done.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Measured">What one seed has cost; null where never measured.</param>
internal sealed record PlannedRun(RunKey Key, ExperimentDescription Experiment, Step Step, string Reason, MeasuredCost? Measured)
{
    /// <summary>Measured seconds of one seed; null where never measured.</summary>
    public double? Cost => Measured?.Seconds;

    /// <summary>The run in words.</summary>
    public string Name => FormattableString.Invariant($"{Key.Replication}/{Key.Experiment} seed {Key.Seed}");
}
