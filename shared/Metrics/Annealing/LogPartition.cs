using Replications.Metrics.Averages;

namespace Replications.Metrics.Annealing;

/// <summary>An estimate of <c>ln Z</c> from independent weights, with the interval of Salakhutdinov and Murray 2008.</summary>
/// <param name="Value">Estimate of <c>ln Z</c>, nats: the log of the mean weight.</param>
/// <param name="Lower">Log of the mean weight less three standard errors of it; minus infinity where that is not positive: the interval is open.</param>
/// <param name="Upper">Log of the mean weight and three standard errors of it.</param>
/// <param name="EffectiveRuns"><c>(sum w)^2 / sum w^2</c>: how many equal weights would say as much.</param>
/// <param name="Runs">Weights.</param>
/// <param name="Steps">Steps of the annealing.</param>
public sealed record LogPartition(double Value, double Lower, double Upper, double EffectiveRuns, int Runs, int Steps)
{
    // The authors' interval: three standard deviations of the mean.
    private const double Deviations = 3;

    /// <summary>Standard error of <see cref="Value"/>, nats: that of the mean weight as a share of it.</summary>
    public double StandardError => (Math.Exp(Upper - Value) - 1) / Deviations;

    /// <summary>True when the weights are so uneven that the interval has no lower end: not an estimate to print.</summary>
    public bool IsOpen => double.IsNegativeInfinity(Lower);

    /// <summary>Mean and interval of log weights.</summary>
    /// <param name="baseLogZ"><c>ln Z</c> of the base distribution, nats.</param>
    /// <param name="logWeights">Log weights, at least two.</param>
    /// <param name="steps">Steps of the annealing.</param>
    public static LogPartition Of(double baseLogZ, ReadOnlySpan<double> logWeights, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logWeights.Length, 2, nameof(logWeights));
        double largest = double.NegativeInfinity;
        foreach (double w in logWeights)
            largest = double.IsNaN(w) ? throw new ArgumentException("a weight is not a number", nameof(logWeights)) : Math.Max(largest, w);
        double[] weights = new double[logWeights.Length];
        double sum = 0, squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp(logWeights[i] - largest);
            sum += weights[i];
            squares += weights[i] * weights[i];
        }

        PointMean mean = PointMean.Of(weights);
        double origin = baseLogZ + largest, spread = Deviations * mean.StandardError, low = mean.Value - spread;
        return new LogPartition(
            origin + Math.Log(mean.Value), low > 0 ? origin + Math.Log(low) : double.NegativeInfinity, origin + Math.Log(mean.Value + spread),
            sum * sum / squares, weights.Length, steps);
    }

    /// <summary>Whether a value lies in the interval.</summary>
    /// <param name="logZ">Nats.</param>
    public bool Contains(double logZ) => Lower <= logZ && logZ <= Upper;
}
