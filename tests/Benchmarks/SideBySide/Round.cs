namespace Replications.Benchmarks.SideBySide;

/// <summary>What one side measured in one round.</summary>
/// <param name="Milliseconds">Milliseconds of one step.</param>
/// <param name="Loss">Loss after the last step.</param>
internal sealed record Round(double Milliseconds, double Loss);
