namespace Replications.Claims;

/// <summary>What is known of a run from its folder alone.</summary>
public enum RunOutcome
{
    /// <summary>There is no such run.</summary>
    Missing,

    /// <summary>Another process holds the folder now.</summary>
    UnderWay,

    /// <summary>Ended with every measurement taken.</summary>
    Succeeded,

    /// <summary>Ended by an error, killed without a word, or its record cannot be read.</summary>
    Failed,

    /// <summary>A quantity was not finite.</summary>
    Diverged,

    /// <summary>Stopped by a signal after saving.</summary>
    Interrupted,
}

/// <summary>Which run: profile, replication, experiment and seed.</summary>
/// <param name="Profile"><c>quick</c> or <c>paper</c>.</param>
/// <param name="Replication">Replication name.</param>
/// <param name="Experiment">Experiment name.</param>
/// <param name="Seed">Training seed.</param>
public sealed record RunKey(string Profile, string Replication, string Experiment, long Seed)
{
    /// <summary>Path of the run's folder below the results folder, with forward slashes.</summary>
    public string Path => FormattableString.Invariant($"{Profile}/{Replication}/{Experiment}/seed-{Seed}");
}

/// <summary>A run as its folder shows it.</summary>
/// <param name="Key">Which run.</param>
/// <param name="Folder">Its folder, whether or not it exists.</param>
/// <param name="Outcome">What is known of it.</param>
/// <param name="Record">Its record, when there is one that can be read.</param>
/// <param name="Reason">Why it did not succeed, in one sentence; null when it did.</param>
public sealed record StoredRun(RunKey Key, string Folder, RunOutcome Outcome, RunRecord? Record, string? Reason);
