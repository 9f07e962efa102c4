using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// A layer of the Gated PixelCNN (section 2.2, figure 2): a vertical stack that sees all rows above, a horizontal stack that sees its own row up to
/// the pixel and, through a 1 x 1 convolution, the vertical one; each through the gate <c>tanh(W_f x + V_f y) s(W_g x + V_g y)</c> (equations 2 and 4).
/// </summary>
public sealed class GatedLayer : Module<Tensor, Tensor, Tensor?, (Tensor Vertical, Tensor Horizontal)>
{
    private readonly Conv2d vertical;
    private readonly Conv2d across;
    private readonly MaskedConv2d horizontal;
    private readonly MaskedConv2d output;
    private readonly Embedding? verticalClass;
    private readonly Embedding? horizontalClass;
    private readonly int _reach;
    private readonly bool _first;

    /// <summary>Makes a layer.</summary>
    /// <param name="inputs">Features in.</param>
    /// <param name="features">p: features out.</param>
    /// <param name="size">n: the convolutions are n x n, odd.</param>
    /// <param name="colours">C.</param>
    /// <param name="first">Mask A, and no residual connection.</param>
    /// <param name="classes">Classes, or 0 where the model is not conditional.</param>
    public GatedLayer(int inputs, int features, int size, int colours, bool first, int classes)
        : base(nameof(GatedLayer))
    {
        _reach = size / 2;
        _first = first;
        // The rows above, in the coordinates of the row below them: (n / 2) x n weights, none of them masked.
        vertical = Conv2d(inputs, 2 * features, (first ? _reach : _reach + 1, size), padding: (0, _reach));
        across = Conv2d(2 * features, 2 * features, 1);
        horizontal = new MaskedConv2d(inputs, 2 * features, (1, size), colours, strict: first, chunk: features);
        output = new MaskedConv2d(features, features, (1, 1), colours);
        verticalClass = classes > 0 ? Embedding(classes, 2 * features) : null;
        horizontalClass = classes > 0 ? Embedding(classes, 2 * features) : null;
        RegisterComponents();
    }

    /// <summary>Of a layer that is not the first, its weights and biases as they are applied, in the order of <see cref="Replications.Training.Fused.FusedLayers.GatedStack"/>.</summary>
    public IEnumerable<Tensor> Weights => [vertical.weight, vertical.bias!, across.weight, horizontal.Weight, horizontal.Bias! + across.bias!, output.Weight, output.Bias!];

    /// <summary>Features of the next layer.</summary>
    /// <param name="input1">
    /// The vertical stack, <c>[N, inputs, H, W]</c>: at a pixel it has seen the rows above that pixel's, except in the first layer, where it is the image.
    /// </param>
    /// <param name="input2">The horizontal stack, <c>[N, inputs, H, W]</c>.</param>
    /// <param name="input3">Classes <c>[N]</c> for a layer that is conditional, null for one that is not.</param>
    /// <exception cref="ArgumentException">The other way round.</exception>
    public override (Tensor Vertical, Tensor Horizontal) forward(Tensor input1, Tensor input2, Tensor? input3)
    {
        if (input3 is null != verticalClass is null)
            throw new ArgumentException(input3 is null ? "a conditional layer needs classes" : "a layer that is not conditional takes no classes", nameof(input3));
        // In the first layer row i sees rows i - n/2 ... i - 1 of the image; later rows i - n/2 ... i of a stack that is already strict.
        Tensor above = functional.pad(input1, (0, 0, _reach, 0));
        Tensor v = vertical.call(_first ? above.narrow(2, 0, above.shape[2] - 1) : above);
        // Before the way across, so that in the last layer, whose vertical stack nobody reads further, the class is not lost.
        if (verticalClass is not null)
            v += verticalClass.call(input3!).unsqueeze(2).unsqueeze(3);
        Tensor h = horizontal.call(input2) + across.call(v);
        if (horizontalClass is not null)
            h += horizontalClass.call(input3!).unsqueeze(2).unsqueeze(3);
        Tensor next = output.call(Gate(h));
        // What the layers add up keeps the type of the image: bfloat16 is for the products alone.
        return (Gate(v), _first ? next.to_type(input2.dtype) : input2 + next);
    }

    private static Tensor Gate(Tensor x)
    {
        long p = x.shape[1] / 2;
        return x.narrow(1, 0, p).tanh() * x.narrow(1, p, p).sigmoid();
    }
}
