using CsvHelper;

namespace Replications.Reporting.Charts;

/// <summary>A point of a learning curve: a row of the CSV beside its chart.</summary>
/// <param name="Kind"><c>seed</c> for a run's own curve, <c>mean</c> over seeds, <c>final</c> for what a run measured at its end.</param>
/// <param name="Metric">Metric name.</param>
/// <param name="Split">Split.</param>
/// <param name="Seed">Training seed; empty for a mean.</param>
/// <param name="Step">Updates.</param>
/// <param name="Seconds">Seconds of the run by then.</param>
/// <param name="Value">Value.</param>
/// <param name="Low">Lower end of the error bar of a final value.</param>
/// <param name="High">Upper end of the error bar of a final value.</param>
[CsvRecord]
[CsvOptions(NewLine = "\n", Culture = "")]
internal sealed partial record CurvePoint(
    [property: CsvColumn("kind")] string Kind,
    [property: CsvColumn("metric")] string Metric,
    [property: CsvColumn("split")] string Split,
    [property: CsvColumn("seed")] string Seed,
    [property: CsvColumn("step")] double Step,
    [property: CsvColumn("seconds")] double Seconds,
    [property: CsvColumn("value")] double Value,
    [property: CsvColumn("low")] double? Low,
    [property: CsvColumn("high")] double? High);
