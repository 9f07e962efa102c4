using Replications.Datasets;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnn;

/// <summary>Pictures of a model of grey or binary images: samples and completions of occluded images (figures 1 and 9).</summary>
/// <param name="network">The network.</param>
/// <param name="likelihood">Distribution of a value.</param>
/// <param name="shape">Images.</param>
/// <param name="data">Where occluded images come from.</param>
/// <param name="recipe">Its constants.</param>
internal sealed class PixelPictures(PixelNetwork network, PixelLikelihood likelihood, ImageShape shape, DataSet data, PixelRecipe recipe)
{
    private const int Columns = 10;

    // Three completions of each occluded image.
    private const int Completions = 3;
    private const int Samples = 40;

    private readonly torch.Device _device = data.Examples(Split.Train).device;

    /// <summary>All pictures.</summary>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        if (shape.Colours != 1)
            return [];
        torch.Tensor test = data.Examples(Split.Test);
        // Rows of the test split of binarized MNIST are sorted by digit: even steps show all of them.
        torch.Tensor chosen = torch.arange(Columns, device: _device) * (test.shape[0] / Columns);
        torch.Tensor images = test.index_select(0, chosen).to(torch.ScalarType.Float32).reshape(Columns, 1, shape.Height, shape.Width);
        int known = shape.Height / 2;
        torch.Tensor occluded = images.clone();
        occluded.narrow(2, known, shape.Height - known).fill_((likelihood.Values - 1) / 2f);
        torch.Tensor samples = Complete(torch.zeros(Samples, 1, shape.Height, shape.Width, device: _device), 0, context);
        torch.Tensor completed = Complete(images.repeat(Completions, 1, 1, 1), known, context);
        return
        [
            Grey("samples", "Samples", "Images drawn pixel by pixel from the top left: strokes that join into digits.", samples),
            Grey("completions", "Occluded images completed", "Top: test images. Second row: lower half occluded (grey). Below: three completions drawn by the model.",
                torch.cat([images, occluded, completed])),
        ];
    }

    private torch.Tensor Complete(torch.Tensor start, int rows, EvaluationContext context)
    {
        torch.Tensor noise = torch.rand(start.shape, device: _device);
        torch.Tensor? classes = recipe.ClassConditional ? torch.arange(start.shape[0], device: _device) % recipe.Classes : null;
        return new PixelSampler(network, likelihood, shape).Complete(start, rows, noise, classes, context);
    }

    private Picture Grey(string name, string title, string caption, torch.Tensor images) =>
        Tiles.Grey(name, title, caption, images.reshape(-1, shape.Height, shape.Width) / (likelihood.Values - 1), Columns);
}
