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
    /// <summary>All pictures.</summary>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        long[] image = [shape.Colours, shape.Height, shape.Width];
        var pictures = new PixelwisePictures(data, image, likelihood.Values - 1, (start, rows, classes) => Complete(start, rows, classes, context));
        return
        [
            pictures.Samples(recipe.ClassConditional ? recipe.Classes : null, shape.Colours == 1 ? "strokes that join into digits" : "surfaces and edges that hang together"),
            pictures.Completed(recipe.ClassConditional),
        ];
    }

    private torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor? classes, EvaluationContext context) =>
        new CachedSampler(network, likelihood, shape).Complete(start, rows, torch.rand(start.shape, device: start.device), classes, context);
}
