using System.Globalization;
using Replications.Benchmarks.Rows;

namespace Replications.Benchmarks.SideBySide;

/// <summary>What a comparison found.</summary>
/// <param name="Row">The row.</param>
/// <param name="OurMilliseconds">Median over the rounds, of a step.</param>
/// <param name="TheirMilliseconds">The same of the peer.</param>
/// <param name="LowestRatio">Our time by theirs in the round where it was least.</param>
/// <param name="HighestRatio">Where it was greatest.</param>
/// <param name="Alike">False when the two sides did not compute the like.</param>
internal sealed record Reading(Row Row, double OurMilliseconds, double TheirMilliseconds, double LowestRatio, double HighestRatio, bool Alike)
{
    /// <summary>Heads of <see cref="ToString"/>.</summary>
    public const string Columns = "name,ours_ms,peer_ms,ratio";

    /// <summary>Heads of what <see cref="Detailed"/> has besides.</summary>
    public const string FurtherColumns = "ratio_low,ratio_high,wanted,examples,ours_per_s,peer_per_s";

    /// <summary>Below 1 ours is faster.</summary>
    public double Ratio => OurMilliseconds / TheirMilliseconds;

    /// <summary>A row of the table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row.Name},{OurMilliseconds:G4},{TheirMilliseconds:G4},{Ratio:F3}");

    /// <summary>The row with the interval of the ratio and examples in a second.</summary>
    public string Detailed() => string.Create(CultureInfo.InvariantCulture,
        $"{this},{LowestRatio:F3},{HighestRatio:F3},{Row.Wanted},{Row.Examples},{Row.Examples * 1000 / OurMilliseconds:G4},{Row.Examples * 1000 / TheirMilliseconds:G4}");
}
