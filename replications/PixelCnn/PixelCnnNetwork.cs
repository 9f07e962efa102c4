using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>PixelCNN (sections 3.3 to 3.5, Table 1): 7 x 7 convolution with mask A, residual blocks, head.</summary>
public sealed class PixelCnnNetwork : PixelNetwork
{
    private readonly MaskedConv2d first;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly OutputHead head;

    /// <summary>Makes the network.</summary>
    /// <param name="recipe">Layers, h, head.</param>
    /// <param name="shape">Images.</param>
    public PixelCnnNetwork(PixelRecipe recipe, ImageShape shape)
        : base(nameof(PixelCnnNetwork))
    {
        int wide = 2 * recipe.Hidden;
        first = new MaskedConv2d(shape.Colours, wide, (7, 7), shape.Colours, strict: true);
        blocks = ModuleList([.. Enumerable.Range(0, recipe.Layers).Select(_ => new ResidualBlock(recipe.Hidden, shape.Colours))]);
        head = new OutputHead(wide, recipe, shape.Colours);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor? input2)
    {
        // The blocks and the first convolution of the head in one: the same as calling them one after another.
        (IReadOnlyList<Tensor> connected, Tensor bias) = head.Hidden;
        return head.Logits(FusedLayers.ResidualStack(first.call(input), [.. blocks.SelectMany(b => b.Weights)], connected, bias));
    }

    /// <inheritdoc/>
    public override Tensor LayerByLayer(Tensor input, Tensor? classes)
    {
        Tensor x = first.call(input);
        List<Tensor> features = [];
        foreach (ResidualBlock block in blocks)
            features.Add(x = block.call(x));
        return head.call(features);
    }

    /// <inheritdoc/>
    internal override NetworkWalk Walk(Tensor images, Tensor? classes) =>
        head.Walk([new ConvolutionWalk(first, images), .. blocks.Select(b => b.Walk(images))], images);
}
