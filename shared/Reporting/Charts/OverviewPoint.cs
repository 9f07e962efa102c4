using CsvHelper;
using Replications.Claims;

namespace Replications.Reporting.Charts;

/// <summary>A claim in the overview of verdicts: a row of the CSV beside the chart.</summary>
/// <param name="Claim">Claim id, with the profile where there are several.</param>
/// <param name="Verdict">The verdict's word.</param>
/// <param name="Value">How much better our value is than the published one, in margins; worse is negative. Empty without a number.</param>
/// <param name="Low">Worse end of the interval, in margins.</param>
/// <param name="High">Better end of the interval, in margins.</param>
/// <param name="IntervalKind">What the interval is over, in words; empty without a number.</param>
/// <param name="Drawn"><c>filled</c> where the interval is one that a verdict can rest on, else <c>hollow</c>; empty without a number.</param>
[CsvRecord]
[CsvOptions(NewLine = "\n", Culture = "")]
internal sealed partial record OverviewPoint(
    [property: CsvColumn("claim")] string Claim,
    [property: CsvColumn("verdict")] string Verdict,
    [property: CsvColumn("value")] double? Value,
    [property: CsvColumn("low")] double? Low,
    [property: CsvColumn("high")] double? High,
    [property: CsvColumn("interval_kind")] string IntervalKind,
    [property: CsvColumn("drawn")] string Drawn)
{
    /// <summary>The point of a judged claim.</summary>
    /// <param name="row">The claim with its judgement.</param>
    /// <param name="name">How it is named.</param>
    public static OverviewPoint Of(VerdictRow row, string name)
    {
        Judgement j = row.Judgement;
        bool lower = row.Claim.Direction == Direction.Lower;
        double? Margins(double? value) =>
            value is { } v ? Math.Round((lower ? row.Claim.Published - v : v - row.Claim.Published) / row.Claim.Margin, 6) : null;
        return new OverviewPoint(
            name, j.Verdict.Text(), Margins(j.Value), Margins(lower ? j.High : j.Low), Margins(lower ? j.Low : j.High), j.IntervalKind,
            j.Value is null ? "" : j.Verdict != Claims.Verdict.Reduced && j.IsOverTrainings ? "filled" : "hollow");
    }
}
