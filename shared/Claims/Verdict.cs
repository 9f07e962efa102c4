namespace Replications.Claims;

/// <summary>What can be said of a published number, given the runs there are.</summary>
public enum Verdict
{
    /// <summary>The 95 % interval of our mean lies inside published ± margin.</summary>
    Replicated,

    /// <summary>The interval lies wholly on the better side of published ± margin. Looked at as hard as a miss: leaks look like this.</summary>
    Exceeded,

    /// <summary>The interval lies wholly on the worse side of published ± margin.</summary>
    NotReplicated,

    /// <summary>The interval straddles an edge, there are too few seeds for one, others than the declared, or a run that traces to no commit.</summary>
    Inconclusive,

    /// <summary>The recipe was scaled down: no verdict, only our own regression reference.</summary>
    Reduced,

    /// <summary>An asked run was never made.</summary>
    Missing,

    /// <summary>A run ended by an error, was killed, or did not record the metric.</summary>
    Failed,

    /// <summary>A run met a quantity that was not finite.</summary>
    Diverged,

    /// <summary>A run was stopped by a signal and can be taken up again.</summary>
    Interrupted,
}

/// <summary>How a verdict is written and what it means for the exit code.</summary>
public static class VerdictWords
{
    /// <summary>The verdict as it is written in tables and in summary.csv.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Text(this Verdict verdict) =>
        verdict == Verdict.NotReplicated ? "not replicated" : verdict.ToString().ToLowerInvariant();

    /// <summary>True when there is no number to judge: counts as a failure of the suite.</summary>
    /// <param name="verdict">The verdict.</param>
    public static bool IsFailure(this Verdict verdict) =>
        verdict is Verdict.Missing or Verdict.Failed or Verdict.Diverged or Verdict.Interrupted;
}
