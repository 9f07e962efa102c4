namespace Replications.Claims;

/// <summary>Exit codes of every program of the suite. Documented in README and tested.</summary>
public static class ExitCode
{
    /// <summary>All that was asked for succeeded.</summary>
    public const int Success = 0;

    /// <summary>Something failed, diverged, is missing, or a check against a reference did not hold.</summary>
    public const int Failure = 1;

    /// <summary>The command line was wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Something the machine must have is not there; the message says what to type.</summary>
    public const int Setup = 3;

    /// <summary>A run diverged: a quantity was not finite.</summary>
    public const int Diverged = 4;

    /// <summary>Another process holds the run folder.</summary>
    public const int Locked = 5;

    /// <summary>Stopped by a signal after saving; the same command, less <c>--fresh</c>, goes on (EX_TEMPFAIL).</summary>
    public const int Interrupted = 75;
}
