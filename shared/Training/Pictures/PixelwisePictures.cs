using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Pictures;

/// <summary>Pictures of a model that draws images pixel after pixel from the top left: samples, and completions of images whose lower half it has not seen.</summary>
/// <param name="height">Rows of an image.</param>
/// <param name="most">The largest value of a pixel.</param>
/// <param name="complete">From images <c>[N, C, H, W]</c>, the rows that are known and classes <c>[N]</c> or null to images.</param>
public sealed class PixelwisePictures(long height, double most, Func<torch.Tensor, int, torch.Tensor?, torch.Tensor> complete)
{
    private const int Columns = 10;
    private const int Rows = 4;

    // Of each occluded image.
    private const int Completions = 3;

    /// <summary>How many images <see cref="Completed"/> shows.</summary>
    public const int Occluded = Columns;

    /// <summary>Samples; of a model that knows classes, one class in each column.</summary>
    /// <param name="blank">Any image, for shape, type and device: <c>[C, H, W]</c>.</param>
    /// <param name="classes">Number of classes, or null.</param>
    /// <param name="seen">What is to be seen on them.</param>
    public Picture Samples(torch.Tensor blank, int? classes, string seen)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor start = torch.zeros_like(blank).expand([Columns * Rows, .. blank.shape]);
        torch.Tensor? columns = classes is { } count ? torch.arange(Columns * Rows, torch.ScalarType.Int64, blank.device) % Columns % count : null;
        torch.Tensor images = complete(start, 0, columns);
        return classes is null
            ? Tile("samples", "Samples", $"Images drawn pixel by pixel from the top left: {seen}.", images)
            : Tile("class-samples", "Samples of each class", $"Images drawn pixel by pixel from the top left, a class in each column: {seen}.", images);
    }

    /// <summary>Test images, the same without their lower half, and what the model makes of that.</summary>
    /// <param name="images"><see cref="Occluded"/> images <c>[N, C, H, W]</c>, floating.</param>
    /// <param name="classes">Their classes <c>[N]</c>, or null.</param>
    public Picture Completed(torch.Tensor images, torch.Tensor? classes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        int known = (int)height / 2;
        torch.Tensor occluded = images.clone();
        occluded.narrow(2, known, height - known).fill_(most / 2);
        torch.Tensor completed = complete(images.repeat(Completions, 1, 1, 1), known, classes?.repeat(Completions));
        return Tile("completions", "Occluded images completed", "Top: test images. Second row: lower half occluded (grey). Below: three completions drawn by the model.",
            torch.cat([images, occluded, completed]));
    }

    private Picture Tile(string name, string title, string caption, torch.Tensor images) => images.shape[1] == 1
        ? Tiles.Grey(name, title, caption, images.squeeze(1) / most, Columns)
        : Tiles.Colour(name, title, caption, images / most, Columns);
}
