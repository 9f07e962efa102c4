using Replications.Datasets;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Made;

/// <summary>Pictures of a MADE of 28 x 28 images: samples (the paper's figure 3) and missing pixels filled in.</summary>
/// <param name="network">The network.</param>
/// <param name="masks">Its masks.</param>
/// <param name="recipe">Its constants.</param>
/// <param name="data">Where images with missing pixels come from.</param>
internal sealed class MadePictures(MadeNetwork network, MaskCycle masks, MadeRecipe recipe, DataSet data)
{
    /// <summary>Pixels of a side.</summary>
    public const int Side = 28;

    private const int Columns = 10;
    private const int Rows = 10;

    private readonly torch.Device _device = data.Examples(Split.Train).device;

    /// <summary>All pictures.</summary>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        return [Samples(context), Imputation(context)];
    }

    private Picture Samples(EvaluationContext context)
    {
        torch.Tensor nothing = torch.zeros(Rows * Columns, Side * Side, device: _device);
        torch.Tensor drawn = new AncestralSampler(network, _device).Complete(nothing, new bool[Side * Side], masks.EvaluationMasks(0), context);
        return Tiles.Grey("samples", "Samples", "100 binary images drawn pixel by pixel in the ordering of the first mask: strokes that join into digits.",
            drawn.reshape(-1, Side, Side), Columns);
    }

    private Picture Imputation(EvaluationContext context)
    {
        torch.Tensor images = data.Examples(Split.Test).index_select(0, data.EvenlySpaced(Split.Test, Columns)).to(torch.ScalarType.Float32);
        bool[] known = [.. Enumerable.Range(0, Side * Side).Select(d => d / Side < Side / 2)];
        torch.Tensor seen = torch.tensor([.. known.Select(k => k ? 1f : 0f)], device: _device);
        torch.Tensor filled = new AncestralSampler(network, _device).Complete(images, known, Order(known, context), context);
        torch.Tensor rows = torch.cat([images, (images * seen) + (0.5f * (1 - seen)), filled]);
        string how = recipe.Masks == 1
            ? "in the order of the one trained mask, so that a pixel sees only those observed pixels that come before it"
            : "in an ordering that puts all observed pixels first";
        return Tiles.Grey("imputation", "Missing pixels filled in", $"Top: test images. Middle: lower half missing (grey). Bottom: missing pixels drawn {how}.",
            rows.reshape(-1, Side, Side), Columns);
    }

    /// <summary>
    /// A model of one mask knows one ordering. A model of many has learnt to do with any, so it gets the one under which
    /// imputation is exact: observed pixels first, missing ones after, each in random order (section 4.1).
    /// </summary>
    private Masks Order(bool[] known, EvaluationContext context)
    {
        if (recipe.Masks == 1)
            return masks.EvaluationMasks(0);
        var random = new Random((int)(context.Seed & int.MaxValue));
        int[] pixels = [.. Enumerable.Range(0, known.Length)];
        random.Shuffle(pixels);
        int[] ordering = new int[known.Length];
        int place = 1;
        foreach (int d in pixels.Where(d => known[d]).Concat(pixels.Where(d => !known[d])))
            ordering[d] = place++;
        return Masks.WithOrdering(ordering, [.. Enumerable.Repeat(recipe.HiddenUnits, recipe.HiddenLayers)], random);
    }
}
