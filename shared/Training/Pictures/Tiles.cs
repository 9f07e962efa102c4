using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Pictures;

/// <summary>Puts small grey images side by side into one picture.</summary>
public static class Tiles
{
    // One dark pixel between tiles, so that neighbours do not run into each other.
    private const int Gap = 1;

    /// <summary>A picture of grey tiles, row by row.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="title">Short title.</param>
    /// <param name="caption">What is seen.</param>
    /// <param name="images">Images <c>[N, H, W]</c>, floating, 0 black to 1 white; values outside are cut.</param>
    /// <param name="columns">Tiles in a row.</param>
    public static Picture Grey(string name, string title, string caption, torch.Tensor images, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int count = (int)images.shape[0], height = (int)images.shape[1], wide = (int)images.shape[2];
        byte[] source;
        using (torch.NewDisposeScope())
            source = (images.detach().clamp(0, 1) * 255).round().to(torch.ScalarType.Byte).cpu().contiguous().data<byte>().ToArray();

        int rows = (count + columns - 1) / columns;
        int width = (columns * (wide + Gap)) - Gap;
        byte[] pixels = new byte[((rows * (height + Gap)) - Gap) * width];
        Array.Fill(pixels, (byte)64);
        for (int i = 0; i < count; i++)
        {
            int top = i / columns * (height + Gap), left = i % columns * (wide + Gap);
            for (int y = 0; y < height; y++)
                Array.Copy(source, ((i * height) + y) * wide, pixels, ((top + y) * width) + left, wide);
        }

        return new Picture(name, title, caption, width, (rows * (height + Gap)) - Gap, 1, pixels);
    }
}
