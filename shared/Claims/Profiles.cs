namespace Replications.Claims;

/// <summary>The profiles that runs are made in.</summary>
public static class Profiles
{
    /// <summary>Real data at reduced size.</summary>
    public const string Quick = "quick";

    /// <summary>The published recipe.</summary>
    public const string Paper = "paper";

    /// <summary>Both, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Quick, Paper];
}
