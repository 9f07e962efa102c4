using Replications.Datasets;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnn;

/// <summary>Pictures of a model: samples and completions of occluded images (figures 1 and 9).</summary>
/// <param name="network">The network.</param>
/// <param name="likelihood">Distribution of a value.</param>
/// <param name="shape">Images.</param>
/// <param name="data">Where occluded images come from.</param>
/// <param name="recipe">Its constants.</param>
internal sealed class PixelPictures(PixelNetwork network, PixelLikelihood likelihood, ImageShape shape, DataSet data, PixelRecipe recipe)
{
    /// <summary>All pictures; on a CPU none of images in colour, since every value would take a pass through the whole network.</summary>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor chosen = data.EvenlySpaced(Split.Test, PixelwisePictures.Occluded);
        if (shape.Colours != 1 && chosen.device_type == DeviceType.CPU)
            return [];
        torch.Tensor images = data.Examples(Split.Test).index_select(0, chosen).to(torch.ScalarType.Float32).reshape(-1, shape.Colours, shape.Height, shape.Width);
        var pictures = new PixelwisePictures(shape.Height, likelihood.Values - 1, (start, rows, classes) => Complete(start, rows, classes, context));
        return
        [
            pictures.Samples(images[0], recipe.ClassConditional ? recipe.Classes : null, shape.Colours == 1 ? "strokes that join into digits" : "surfaces and edges that hang together"),
            pictures.Completed(images, recipe.ClassConditional ? data.Labels(Split.Test).index_select(0, chosen) : null),
        ];
    }

    private torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor? classes, EvaluationContext context) =>
        new PixelSampler(network, likelihood, shape).Complete(start, rows, torch.rand(start.shape, device: start.device), classes, context);
}
