namespace Replications.PixelCnn;

/// <summary>Channels and sides of an image.</summary>
/// <param name="Colours">1 for grey or bits, 3 for red, green, blue.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public sealed record ImageShape(int Colours, int Height, int Width)
{
    /// <summary>Values in one image.</summary>
    public int Dimensions => Colours * Height * Width;

    /// <summary>Reads the shape of a data set's examples.</summary>
    /// <param name="shape"><c>[C, H, W]</c>, or <c>[D]</c> for a flat image: the rectangle nearest to a square, 28 x 28 for 784.</param>
    /// <exception cref="ArgumentException">Another number of axes.</exception>
    public static ImageShape Of(IReadOnlyList<long> shape)
    {
        if (shape.Count == 3)
            return new ImageShape((int)shape[0], (int)shape[1], (int)shape[2]);
        if (shape.Count != 1)
            throw new ArgumentException($"examples of {shape.Count} axes are not images", nameof(shape));
        int height = (int)Math.Sqrt(shape[0]);
        while (shape[0] % height != 0)
            height--;
        return new ImageShape(1, height, (int)shape[0] / height);
    }
}
