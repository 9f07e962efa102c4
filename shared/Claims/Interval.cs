using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Replications.Claims;

/// <summary>A mean over seeds with its interval, and what the interval is over.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end; null without an interval.</param>
/// <param name="High">Upper end; null without an interval.</param>
/// <param name="Kind">What it is over, in words.</param>
/// <param name="Seeds">How many seeds the mean is over.</param>
/// <param name="Exact">True when the value cannot depend on the seed, so that the interval is the point.</param>
internal sealed record Interval(double Mean, double? Low, double? High, string Kind, int Seeds, bool Exact)
{
    private const double Confidence = 0.95;

    /// <summary>Two-sided 95 % quantile of the normal distribution, for the error bar of a single run.</summary>
    private const double Normal = 1.96;

    /// <summary>The interval over runs of one experiment.</summary>
    /// <param name="found">The measurement of each seed; at least one.</param>
    /// <param name="exact">True when the value cannot depend on the seed.</param>
    public static Interval Over(IReadOnlyList<MeasurementRecord> found, bool exact)
    {
        int n = found.Count;
        if (exact)
        {
            double value = found[0].Value;
            return new Interval(value, value, value, Judgement.OfOneValue, n, Exact: true);
        }

        if (n == 1)
        {
            return OfOneSeed(found[0]);
        }

        (double mean, double half) = Student([.. found.Select(m => m.Value)]);
        string kind = string.Create(CultureInfo.InvariantCulture, $"{Judgement.OverSeeds} (95 % Student t), {n} seeds");
        return new Interval(mean, mean - half, mean + half, kind, n, Exact: false);
    }

    /// <summary>Mean and half of its 95 % interval by Student's t.</summary>
    /// <param name="values">One of each seed; at least two.</param>
    public static (double Mean, double Half) Student(double[] values) => (
        values.Mean(), StudentT.InvCDF(0, 1, values.Length - 1, 1 - ((1 - Confidence) / 2)) * values.StandardDeviation() / Math.Sqrt(values.Length));

    /// <summary>One seed has no interval over seeds: its own error bar stands in, and is named as what it is.</summary>
    private static Interval OfOneSeed(MeasurementRecord one)
    {
        string? over = one.ErrorKind switch
        {
            ErrorKind.TestPoints => "test points (±1.96 se), 1 seed",
            ErrorKind.MetricDraws => "metric draws (±1.96 se), 1 seed",
            _ => null,
        };
        if (over is null || one.StandardError is not { } error)
        {
            return new Interval(one.Value, null, null, "none, 1 seed", 1, Exact: false);
        }

        return new Interval(one.Value, one.Value - (Normal * error), one.Value + (Normal * error), over, 1, Exact: false);
    }
}
