using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Pictures;

/// <summary>Puts small images side by side into one picture.</summary>
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
    public static Picture Grey(string name, string title, string caption, torch.Tensor images, int columns) =>
        Lay(name, title, caption, images.unsqueeze(1), columns);

    /// <summary>A picture of tiles in colour, row by row.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="title">Short title.</param>
    /// <param name="caption">What is seen.</param>
    /// <param name="images">Images <c>[N, 3, H, W]</c>, red, green, blue, floating, 0 dark to 1 bright; values outside are cut.</param>
    /// <param name="columns">Tiles in a row.</param>
    public static Picture Colour(string name, string title, string caption, torch.Tensor images, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(images.shape[1], 3);
        return Lay(name, title, caption, images, columns);
    }

    private static Picture Lay(string name, string title, string caption, torch.Tensor images, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int count = (int)images.shape[0], channels = (int)images.shape[1], height = (int)images.shape[2], wide = (int)images.shape[3];
        byte[] source;
        using (torch.NewDisposeScope())
            source = (images.detach().clamp(0, 1) * 255).round().to(torch.ScalarType.Byte).permute(0, 2, 3, 1).cpu().contiguous().data<byte>().ToArray();

        int rows = (count + columns - 1) / columns;
        int width = (columns * (wide + Gap)) - Gap, line = wide * channels;
        byte[] pixels = new byte[((rows * (height + Gap)) - Gap) * width * channels];
        Array.Fill(pixels, (byte)64);
        for (int i = 0; i < count; i++)
        {
            int top = i / columns * (height + Gap), left = i % columns * (wide + Gap);
            for (int y = 0; y < height; y++)
                Array.Copy(source, ((i * height) + y) * line, pixels, (((top + y) * width) + left) * channels, line);
        }

        return new Picture(name, title, caption, width, (rows * (height + Gap)) - Gap, channels, pixels);
    }
}
