using CsvHelper;

namespace Replications.Claims;

/// <summary>A row of <c>summary.csv</c>; the file's columns are these, in this order, in snake_case.</summary>
/// <param name="Profile"><c>quick</c> or <c>paper</c>.</param>
/// <param name="Replication">Replication name.</param>
/// <param name="Experiment">Experiment name.</param>
/// <param name="Claim">Claim id.</param>
/// <param name="Dataset">Data-set id.</param>
/// <param name="Metric">Metric name.</param>
/// <param name="Unit">Unit of value, interval, published value and margin.</param>
/// <param name="Direction"><c>lower</c> or <c>higher</c> is better.</param>
/// <param name="Value">Mean over seeds; null without a number.</param>
/// <param name="CiLow">Lower end of the interval.</param>
/// <param name="CiHigh">Upper end of the interval.</param>
/// <param name="IntervalKind">What the interval is over.</param>
/// <param name="Seeds">How many seeds the value is over.</param>
/// <param name="Published">The published value.</param>
/// <param name="Margin">The declared margin.</param>
/// <param name="Verdict">The verdict's text.</param>
/// <param name="Seconds">Wall seconds, summed over the runs; null when nothing ran.</param>
/// <param name="Command">The exact command that makes these runs again, or goes on where some of them did not succeed.</param>
/// <param name="Commit">Commit the runs were made from, <c>+dirty</c> after a changed tree; several are joined by spaces.</param>
/// <param name="Evidence">How the published value is known.</param>
[CsvRecord]
[CsvOptions(NewLine = "\n", Culture = "")]
public sealed partial record SummaryRow(
    [property: CsvColumn("profile")] string Profile,
    [property: CsvColumn("replication")] string Replication,
    [property: CsvColumn("experiment")] string Experiment,
    [property: CsvColumn("claim")] string Claim,
    [property: CsvColumn("dataset")] string Dataset,
    [property: CsvColumn("metric")] string Metric,
    [property: CsvColumn("unit")] string Unit,
    [property: CsvColumn("direction")] string Direction,
    [property: CsvColumn("value")] double? Value,
    [property: CsvColumn("ci_low")] double? CiLow,
    [property: CsvColumn("ci_high")] double? CiHigh,
    [property: CsvColumn("interval_kind")] string IntervalKind,
    [property: CsvColumn("seeds")] int Seeds,
    [property: CsvColumn("published")] double Published,
    [property: CsvColumn("margin")] double Margin,
    [property: CsvColumn("verdict")] string Verdict,
    [property: CsvColumn("seconds")] double? Seconds,
    [property: CsvColumn("command")] string Command,
    [property: CsvColumn("commit")] string Commit,
    [property: CsvColumn("evidence")] string Evidence);
