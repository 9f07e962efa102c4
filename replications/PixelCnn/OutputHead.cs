using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// What follows the layers (Table 1): ReLU and a 1 x 1 convolution with mask B, twice. Each layer is connected to the output (section
/// 3.3): the first convolution sees the features of all of them side by side, written as a sum of one matrix for each.
/// </summary>
public sealed class OutputHead : Module<IReadOnlyList<Tensor>, Tensor>
{
    private readonly ModuleList<MaskedConv2d> hidden;
    private readonly MaskedConv2d logits;

    /// <summary>Makes the head.</summary>
    /// <param name="width">Features of a layer.</param>
    /// <param name="recipe">Width, distribution, layers that are connected.</param>
    /// <param name="colours">C.</param>
    public OutputHead(int width, PixelRecipe recipe, int colours)
        : base(nameof(OutputHead))
    {
        int values = recipe.Output == PixelOutput.Bernoulli ? 1 : PixelLikelihood.Levels;
        hidden = ModuleList([.. Enumerable.Range(0, recipe.Layers).Select(l =>
            new MaskedConv2d(width, recipe.HeadWidth, (1, 1), colours, hasBias: l == recipe.Layers - 1, gain: 1 / Math.Sqrt(recipe.Layers)))]);
        logits = new MaskedConv2d(recipe.HeadWidth, colours * values, (1, 1), colours, values: values);
        RegisterComponents();
    }

    /// <summary>The matrix of each connected layer, and the bias of their sum.</summary>
    public (IReadOnlyList<Tensor> Weights, Tensor Bias) Hidden => ([.. hidden.Select(c => c.Weight)], hidden[hidden.Count - 1].Bias!);

    /// <summary>Logits from the features of each layer, first to last; those not connected are left out.</summary>
    /// <param name="input">Features, each <c>[N, width, H, W]</c>.</param>
    public override Tensor forward(IReadOnlyList<Tensor> input) => Logits(Sum(input));

    /// <summary>The first convolution.</summary>
    /// <param name="input">Features of each layer, first to last, each <c>[N, width, H, W]</c>; those not connected are left out.</param>
    /// <returns><c>[N, HeadWidth, H, W]</c>.</returns>
    public Tensor Sum(IReadOnlyList<Tensor> input)
    {
        int from = input.Count - hidden.Count;
        Tensor sum = hidden[0].call(functional.relu(input[from]));
        for (int l = 1; l < hidden.Count; l++)
            sum += hidden[l].call(functional.relu(input[from + l]));
        return sum;
    }

    /// <summary>Logits from the first convolution.</summary>
    /// <param name="sum"><c>[N, HeadWidth, H, W]</c>.</param>
    public Tensor Logits(Tensor sum) => logits.call(functional.relu(sum));

    /// <summary>A network pixel by pixel.</summary>
    /// <param name="layers">Its layers; the first one is not connected.</param>
    /// <param name="images">As in <see cref="PixelNetwork.Walk"/>.</param>
    internal NetworkWalk Walk(IReadOnlyList<IWalk> layers, Tensor images) =>
        new(layers, [.. hidden.Select(c => new ConvolutionWalk(c, images))], new ConvolutionWalk(logits, images));
}
