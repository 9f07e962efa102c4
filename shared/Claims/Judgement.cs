namespace Replications.Claims;

/// <summary>A verdict with the numbers it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Value">Mean over the seeds that succeeded; null without a number.</param>
/// <param name="Low">Lower end of the interval; null without one.</param>
/// <param name="High">Upper end of the interval; null without one.</param>
/// <param name="IntervalKind">What the interval is over, in words; empty without a number.</param>
/// <param name="Seeds">How many seeds the value is over.</param>
/// <param name="Explanation">One sentence saying why the verdict is what it is.</param>
public sealed record Judgement(
    Verdict Verdict, double? Value, double? Low, double? High, string IntervalKind, int Seeds, string Explanation)
{
    // How IntervalKind begins.
    internal const string OverSeeds = "training seeds", OfOneValue = "exact";

    /// <summary>True when the interval is over training seeds, or the point of a value that cannot depend on them: what a verdict may rest on.</summary>
    public bool IsOverTrainings => IntervalKind == OfOneValue || IntervalKind.StartsWith(OverSeeds, StringComparison.Ordinal);
}
