using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// Row LSTM and Diagonal BiLSTM (Table 1): 7 x 7 convolution with mask A; LSTM layers, each followed by a 1 x 1 convolution from h to 2h
/// features and added to its input (figure 5, right); head.
/// </summary>
public sealed class PixelRnnNetwork : PixelNetwork
{
    private readonly MaskedConv2d first;
    private readonly ModuleList<LstmLayer> layers;
    private readonly ModuleList<MaskedConv2d> ups;
    private readonly OutputHead head;

    /// <summary>Makes the network.</summary>
    /// <param name="recipe">Layers, h, head.</param>
    /// <param name="shape">Images.</param>
    /// <param name="layer">Makes an LSTM layer from h and C.</param>
    public PixelRnnNetwork(PixelRecipe recipe, ImageShape shape, Func<int, int, LstmLayer> layer)
        : base(nameof(PixelRnnNetwork))
    {
        int h = recipe.Hidden, colours = shape.Colours;
        first = new MaskedConv2d(colours, 2 * h, (7, 7), colours, strict: true);
        layers = ModuleList([.. Enumerable.Range(0, recipe.Layers).Select(_ => layer(h, colours))]);
        ups = ModuleList([.. Enumerable.Range(0, recipe.Layers).Select(_ => new MaskedConv2d(h, 2 * h, (1, 1), colours))]);
        head = new OutputHead(2 * h, recipe, colours);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor? input2)
    {
        // The layers and the first convolution of the head in one: the same as calling them one after another.
        (IReadOnlyList<Tensor> connected, Tensor bias) = head.Hidden;
        List<Tensor> weights = [.. layers.Zip(ups, (layer, up) => (Tensor[])[.. layer.Weights, up.Weight, up.Bias!]).SelectMany(w => w)];
        return head.Logits(FusedLayers.LstmStack(first.call(input), weights, connected, bias, layers[0].IsDiagonal, HeadSum));
    }

    /// <inheritdoc/>
    public override Tensor LayerByLayer(Tensor input, Tensor? classes) => head.Logits(HeadSum(first.call(input)));

    /// <inheritdoc/>
    internal override NetworkWalk Walk(Tensor images, Tensor? classes)
    {
        IEnumerable<IWalk> lstms = layers.Zip(ups, (layer, up) => new LstmWalk(layer.Walk(images), new ConvolutionWalk(up, images)));
        return head.Walk([new ConvolutionWalk(first, images), .. lstms], images);
    }

    private Tensor HeadSum(Tensor x)
    {
        List<Tensor> features = [];
        for (int l = 0; l < layers.Count; l++)
            features.Add(x += ups[l].call(layers[l].call(x)));
        return head.Sum(features);
    }
}
