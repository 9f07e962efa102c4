using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// Gated PixelCNN (van den Oord et al., Conditional Image Generation with PixelCNN Decoders, NIPS 2016): two stacks without the blind spot, gates
/// in place of ReLUs, optionally conditional on a class.
/// </summary>
public sealed class GatedPixelCnn : PixelNetwork
{
    private readonly ModuleList<GatedLayer> layers;
    private readonly OutputHead head;
    private readonly bool _conditional;

    /// <summary>Makes the network.</summary>
    /// <param name="recipe">Layers after the first; h: 2h features; head; classes.</param>
    /// <param name="shape">Images.</param>
    public GatedPixelCnn(PixelRecipe recipe, ImageShape shape)
        : base(nameof(GatedPixelCnn))
    {
        int p = 2 * recipe.Hidden, classes = recipe.ClassConditional ? recipe.Classes : 0;
        _conditional = recipe.ClassConditional;
        layers = ModuleList([
            new GatedLayer(shape.Colours, p, 7, shape.Colours, first: true, classes),
            .. Enumerable.Range(0, recipe.Layers).Select(_ => new GatedLayer(p, p, 3, shape.Colours, first: false, classes)),
        ]);
        head = new OutputHead(p, recipe, shape.Colours);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor? input2)
    {
        // Biases of a class are one for each image, which the layers in one do not have.
        if (_conditional || input2 is not null)
            return LayerByLayer(input, input2);
        (Tensor v, Tensor h) = layers[0].call(input, input, null);
        (IReadOnlyList<Tensor> connected, Tensor bias) = head.Hidden;
        return head.Logits(FusedLayers.GatedStack(v, h, [.. layers.Skip(1).SelectMany(l => l.Weights)], connected, bias));
    }

    /// <inheritdoc/>
    public override Tensor LayerByLayer(Tensor input, Tensor? classes)
    {
        Tensor v = input, h = input;
        List<Tensor> features = [];
        foreach (GatedLayer layer in layers)
        {
            (v, h) = layer.call(v, h, classes);
            features.Add(h);
        }

        return head.call(features);
    }

    /// <inheritdoc/>
    internal override NetworkWalk Walk(Tensor images, Tensor? classes) => head.Walk([.. layers.Select(l => l.Walk(images, classes))], images);
}
