namespace Replications.Datasets.Formats;

/// <summary>A decoded picture.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.</param>
/// <param name="Pixels">Row-major, channels together: <c>[Height, Width, Channels]</c>.</param>
public sealed record PngImage(int Width, int Height, int Channels, byte[] Pixels);
