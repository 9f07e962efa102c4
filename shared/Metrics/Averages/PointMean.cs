namespace Replications.Metrics.Averages;

/// <summary>A mean over points with its standard error <c>sd / sqrt(n)</c>.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Standard error of the mean, from the sample variance (n - 1).</param>
/// <param name="Count">Points.</param>
public readonly record struct PointMean(double Value, double StandardError, long Count)
{
    /// <summary>Mean and standard error of some values, by Welford's update, so that large means lose no digits.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="ArgumentException">No values.</exception>
    public static PointMean Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("a mean of no values", nameof(values));
        double mean = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double delta = values[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (values[i] - mean);
        }

        double error = values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1) / values.Length) : double.NaN;
        return new PointMean(mean, error, values.Length);
    }

    /// <summary>Both numbers times a factor, for example -1 from log-likelihood to negative log-likelihood.</summary>
    /// <param name="factor">The factor.</param>
    public PointMean Times(double factor) => new(Value * factor, StandardError * Math.Abs(factor), Count);
}
