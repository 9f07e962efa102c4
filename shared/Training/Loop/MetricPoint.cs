namespace Replications.Training.Loop;

/// <summary>One number on the way of a run, as the loop hands it to its journal.</summary>
/// <param name="Step">Updates made when it was taken.</param>
/// <param name="Epoch">Passes over the training split by then.</param>
/// <param name="Split">Split it was measured on; <c>train</c> also for the averaged scalars of steps.</param>
/// <param name="Metric">Name.</param>
/// <param name="Value">Value, finite.</param>
/// <param name="StandardError">Standard error; null without one.</param>
public sealed record MetricPoint(long Step, double Epoch, string Split, string Metric, double Value, double? StandardError);
