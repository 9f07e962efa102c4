using Replications.Claims;
using Replications.Metrics.Averages;
using Replications.Metrics.Units;

namespace Replications.Training.Subjects;

/// <summary>One number measured on a split, with its error bar and what the bar is over.</summary>
/// <param name="Metric">Name, for example <c>nll</c>.</param>
/// <param name="Value">Value in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit, for example <c>nats</c>.</param>
/// <param name="StandardError">Standard error in the same unit; null without one.</param>
/// <param name="ErrorKind">What the standard error is over.</param>
/// <param name="Count">Points or draws it is over.</param>
public sealed record Measurement(string Metric, double Value, string Unit, double? StandardError, ErrorKind ErrorKind, long Count)
{
    /// <summary>A negative log-likelihood over the points of a split: nats an example.</summary>
    /// <param name="nll">Mean over the points, nats.</param>
    /// <param name="metric">Its name.</param>
    public static Measurement Nll(PointMean nll, string metric = "nll") => new(metric, nll.Value, "nats", nll.StandardError, ErrorKind.TestPoints, nll.Count);

    /// <summary>The same in bits per dimension, as <c>bpd</c>.</summary>
    /// <param name="nll">Mean over the points, nats.</param>
    /// <param name="dimensions">Dimensions of one example.</param>
    /// <param name="scale">From both to bits per dimension, with the offset of the scale that the density lives on: a method of <see cref="BitsPerDim"/>.</param>
    public static Measurement Bpd(PointMean nll, long dimensions, Func<double, long, double> scale) =>
        new("bpd", scale(nll.Value, dimensions), "bits/dim", BitsPerDim.PerDimension(nll.StandardError, dimensions), ErrorKind.TestPoints, nll.Count);
}

/// <summary>A picture of bytes.</summary>
/// <param name="Name">File name without extension, lower case, for example <c>samples</c>.</param>
/// <param name="Title">Short title.</param>
/// <param name="Caption">What is seen, so that a wrong picture can be told from a right one.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Pixels">Row-major, channels last, <c>Height * Width * Channels</c> bytes.</param>
public sealed record Picture(string Name, string Title, string Caption, int Width, int Height, int Channels, byte[] Pixels);
