using Replications.Datasets;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Pictures;

/// <summary>Pictures of a model that draws images pixel after pixel from the top left: samples, and completions of images whose lower half it has not seen.</summary>
/// <param name="data">Whose test images are completed.</param>
/// <param name="image">Shape of an image, <c>[C, H, W]</c>.</param>
/// <param name="largestValue">The largest value of a pixel.</param>
/// <param name="complete">From images <c>[N, C, H, W]</c>, the rows that are known and classes <c>[N]</c> or null to images.</param>
public sealed class PixelwisePictures(DataSet data, long[] image, double largestValue, Func<torch.Tensor, int, torch.Tensor?, torch.Tensor> complete)
{
    private const int Columns = 10;
    private const int Rows = 4;

    // Of each occluded image.
    private const int Completions = 3;

    /// <summary>Samples; of a model that knows classes, one class in each column.</summary>
    /// <param name="classes">Number of classes, or null.</param>
    /// <param name="seen">What is to be seen on them.</param>
    public Picture Samples(int? classes, string seen)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Device device = data.Examples(Split.Test).device;
        torch.Tensor start = torch.zeros([Columns * Rows, .. image], device: device);
        torch.Tensor? columns = classes is { } count ? torch.arange(Columns * Rows, torch.ScalarType.Int64, device) % Columns % count : null;
        torch.Tensor images = complete(start, 0, columns);
        return classes is null
            ? Tile("samples", "Samples", $"Images drawn pixel by pixel from the top left: {seen}.", images)
            : Tile("class-samples", "Samples of each class", $"Images drawn pixel by pixel from the top left, a class in each column: {seen}.", images);
    }

    /// <summary>Test images, the same without their lower half, and what the model makes of that.</summary>
    /// <param name="conditional">The model is told their classes.</param>
    public Picture Completed(bool conditional)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor chosen = data.EvenlySpaced(Split.Test, Columns);
        torch.Tensor images = data.Examples(Split.Test).index_select(0, chosen).to(torch.ScalarType.Float32).reshape([-1, .. image]);
        torch.Tensor? classes = conditional ? data.Labels(Split.Test).index_select(0, chosen) : null;
        int known = (int)image[1] / 2;
        torch.Tensor occluded = images.clone();
        occluded.narrow(2, known, image[1] - known).fill_(largestValue / 2);
        torch.Tensor completed = complete(images.repeat(Completions, 1, 1, 1), known, classes?.repeat(Completions));
        return Tile("completions", "Occluded images completed", "Top: test images. Second row: lower half occluded (grey). Below: three completions drawn by the model.",
            torch.cat([images, occluded, completed]));
    }

    private Picture Tile(string name, string title, string caption, torch.Tensor images) => images.shape[1] == 1
        ? Tiles.Grey(name, title, caption, images.squeeze(1) / largestValue, Columns)
        : Tiles.Colour(name, title, caption, images / largestValue, Columns);
}
