using Replications.Datasets;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnnPlusPlus;

/// <summary>Pictures: samples (figures 3 and 4) and completions of occluded images.</summary>
/// <param name="network">The network, not in training mode, with the weights that are tested.</param>
/// <param name="likelihood">Distribution of a pixel.</param>
/// <param name="data">Where occluded images come from.</param>
/// <param name="recipe">Its constants.</param>
internal sealed class PixelCnnPlusPlusPictures(PixelCnnPlusPlusNetwork network, LogisticMixture likelihood, DataSet data, PixelCnnPlusPlusRecipe recipe)
{
    private const int Columns = 10;
    private const int Rows = 4;

    // Three completions of each occluded image.
    private const int Completions = 3;

    private readonly long[] _shape = data.Shape;
    private readonly torch.Device _device = data.Examples(Split.Test).device;

    /// <summary>All pictures.</summary>
    /// <param name="context">Progress.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        long[] all = [Columns * Rows, .. _shape];
        int known = (int)_shape[1] / 2;
        torch.Tensor images = data.Examples(Split.Test).narrow(0, 0, Columns).to(torch.ScalarType.Float32);
        torch.Tensor occluded = images.clone();
        occluded.narrow(2, known, _shape[1] - known).fill_(128);
        torch.Tensor? labels = recipe.ClassConditional ? data.Labels(Split.Test).narrow(0, 0, Columns).repeat(Completions) : null;
        torch.Tensor samples = Complete(torch.zeros(all, device: _device), 0, Columnwise(), context);
        torch.Tensor completed = Complete(images.repeat(Completions, 1, 1, 1), known, labels, context);
        return
        [
            recipe.ClassConditional
                ? Tile("class-samples", "Samples of each class", "Images drawn pixel by pixel from the top left, a class in each column: surfaces and colours that differ from class to class.", samples)
                : Tile("samples", "Samples", "Images drawn pixel by pixel from the top left: surfaces, edges and shades that hang together; objects only after long training.", samples),
            Tile("completions", "Occluded images completed", "Top: test images. Second row: lower half occluded (grey). Below: three completions drawn by the model.",
                torch.cat([images, occluded, completed])),
        ];
    }

    private torch.Tensor? Columnwise() => recipe.ClassConditional ? torch.arange(Columns * Rows, torch.ScalarType.Int64, _device) % Columns % recipe.Classes : null;

    private torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor? classes, EvaluationContext context)
    {
        torch.Tensor noise = torch.rand([start.shape[0], 1 + _shape[0], _shape[1], _shape[2]], device: _device);
        return new CachedSampler(network, likelihood).Complete(start, rows, noise, classes, context);
    }

    private Picture Tile(string name, string title, string caption, torch.Tensor images) => _shape[0] == 1
        ? Tiles.Grey(name, title, caption, images.squeeze(1) / 255, Columns)
        : Tiles.Colour(name, title, caption, images / 255, Columns);
}
