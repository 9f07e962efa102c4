namespace Replications.Reporting;

/// <summary>What <see cref="ReportWriter"/> wrote.</summary>
/// <param name="Report">Path of <c>report.html</c>.</param>
/// <param name="Summary">Path of <c>summary.csv</c>.</param>
/// <param name="Charts">Paths of the charts' data, specifications and pictures.</param>
/// <param name="Problems">What the report lacks and why, one sentence each, as the report itself says.</param>
public sealed record ReportFiles(string Report, string Summary, IReadOnlyList<string> Charts, IReadOnlyList<string> Problems);
