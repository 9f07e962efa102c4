using Replications.Claims;

namespace Replications.Training.Subjects;

/// <summary>One number measured on a split, with its error bar and what the bar is over.</summary>
/// <param name="Metric">Name, for example <c>nll</c>.</param>
/// <param name="Value">Value in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit, for example <c>nats</c>.</param>
/// <param name="StandardError">Standard error in the same unit; null without one.</param>
/// <param name="ErrorKind">What the standard error is over.</param>
/// <param name="Count">Points or draws it is over.</param>
public sealed record Measurement(string Metric, double Value, string Unit, double? StandardError, ErrorKind ErrorKind, long Count);

/// <summary>A picture of bytes.</summary>
/// <param name="Name">File name without extension, lower case, for example <c>samples</c>.</param>
/// <param name="Title">Short title.</param>
/// <param name="Caption">What is seen, so that a wrong picture can be told from a right one.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Pixels">Row-major, channels last, <c>Height * Width * Channels</c> bytes.</param>
public sealed record Picture(string Name, string Title, string Caption, int Width, int Height, int Channels, byte[] Pixels);
