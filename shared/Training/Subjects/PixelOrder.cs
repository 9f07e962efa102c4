namespace Replications.Training.Subjects;

/// <summary>The order in which models of images take their values: rows, in them columns, in them colours.</summary>
public static class PixelOrder
{
    /// <summary>The position of each value as examples store them, colour by colour: what <see cref="IAutoregressive.Conditionals"/> declares.</summary>
    /// <param name="colours">Values of a pixel.</param>
    /// <param name="pixels">Pixels of an image, row by row.</param>
    /// <returns><c>[colours · pixels]</c>, from 0.</returns>
    public static int[] Raster(int colours, int pixels) => [.. Enumerable.Range(0, colours * pixels).Select(d => (d % pixels * colours) + (d / pixels))];
}
