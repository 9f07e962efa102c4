using Replications.Claims;
using Replications.Reporting.Charts;

namespace Replications.Reporting;

/// <summary>What a report is made from.</summary>
/// <param name="Profile">The profile, or another short name of what is reported, for example <c>ledger</c>.</param>
/// <param name="Table">The judged claims with their runs; run folders hold <c>metrics.csv</c> and pictures.</param>
public sealed record ReportInput(string Profile, VerdictTable Table)
{
    /// <summary>Folder of the chart tools (<c>render.mjs</c>, <c>node_modules</c>); null does without them, and says so.</summary>
    public string? VegaFolder { get; init; } = VegaTools.Find();
}
