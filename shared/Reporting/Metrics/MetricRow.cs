using CsvHelper;

namespace Replications.Reporting.Metrics;

/// <summary>One number on the way of a run: a row of its <c>metrics.csv</c>.</summary>
/// <param name="Step">Updates made when it was taken.</param>
/// <param name="Epoch">Passes over the training split by then.</param>
/// <param name="Seconds">Seconds of the run by then, over all its starts.</param>
/// <param name="Split">Split it was measured on; <c>train</c> also for the scalars of the training steps, averaged since the row before.</param>
/// <param name="Metric">Name, for example <c>nll</c> or <c>loss</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="StandardError">Its standard error, in the same unit; null without one.</param>
[CsvRecord]
[CsvOptions(NewLine = "\n", Culture = "")]
public sealed partial record MetricRow(
    [property: CsvColumn("step")] long Step,
    [property: CsvColumn("epoch")] double Epoch,
    [property: CsvColumn("seconds")] double Seconds,
    [property: CsvColumn("split")] string Split,
    [property: CsvColumn("metric")] string Metric,
    [property: CsvColumn("value")] double Value,
    [property: CsvColumn("standard_error")] double? StandardError);
