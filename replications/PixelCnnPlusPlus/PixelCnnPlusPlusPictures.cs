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
    /// <summary>All pictures.</summary>
    /// <param name="context">Progress.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        var pictures = new PixelwisePictures(data, data.Shape, LogisticMixture.Levels - 1, (start, rows, classes) => Complete(start, rows, classes, context));
        return
        [
            recipe.ClassConditional
                ? pictures.Samples(recipe.Classes, "surfaces and colours that differ from class to class")
                : pictures.Samples(null, "surfaces, edges and shades that hang together; objects only after long training"),
            pictures.Completed(recipe.ClassConditional),
        ];
    }

    private torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor? classes, EvaluationContext context)
    {
        torch.Tensor noise = torch.rand([start.shape[0], 1 + start.shape[1], start.shape[2], start.shape[3]], device: start.device);
        return new CachedSampler(network, likelihood).Complete(start, rows, noise, classes, context);
    }
}
