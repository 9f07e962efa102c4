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
        RequireFitting(input3);
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

    /// <summary>The layer pixel by pixel, its vertical stack row by row.</summary>
    /// <param name="images">As in <see cref="PixelNetwork.Walk"/>.</param>
    /// <param name="classes">As in <see cref="forward"/>.</param>
    /// <exception cref="ArgumentException">As there.</exception>
    internal IWalk Walk(Tensor images, Tensor? classes)
    {
        RequireFitting(classes);
        return new GatedWalk(this, images, classes);
    }

    private void RequireFitting(Tensor? classes)
    {
        if (classes is null != verticalClass is null)
            throw new ArgumentException(classes is null ? "a conditional layer needs classes" : "a layer that is not conditional takes no classes", nameof(classes));
    }

    private static Tensor Gate(Tensor x)
    {
        long p = x.shape[1] / 2;
        return x.narrow(1, 0, p).tanh() * x.narrow(1, p, p).sigmoid();
    }

    private sealed class GatedWalk : IWalk
    {
        private readonly GatedLayer _layer;
        private readonly Tensor? _verticalClass;
        private readonly Tensor? _horizontalClass;
        private readonly ConvolutionWalk _horizontal;
        private readonly ConvolutionWalk _output;

        // Rows that the vertical convolution reads, and the one that the image's pixels are kept in.
        private readonly Tensor _rows;
        private readonly int _last;
        private Tensor? _across;

        public GatedWalk(GatedLayer layer, Tensor images, Tensor? classes)
        {
            _layer = layer;
            _verticalClass = layer.verticalClass?.call(classes!).unsqueeze(2).unsqueeze(3);
            _horizontalClass = layer.horizontalClass?.call(classes!).unsqueeze(2).unsqueeze(3);
            _horizontal = new ConvolutionWalk(layer.horizontal, images);
            _output = new ConvolutionWalk(layer.output, images);
            _last = layer._reach;
            _rows = zeros([images.shape[0], layer.vertical.weight.shape[1], _last + 1, images.shape[3]], images.dtype, images.device);
        }

        public Tensor? Row(Tensor? vertical)
        {
            _horizontal.Row(null);
            ConvolutionWalk.MoveUp(_rows, 2);
            if (!_layer._first)
                _rows.narrow(2, _last, 1).copy_(vertical!);
            Tensor v = functional.conv2d(_layer._first ? _rows.narrow(2, 0, _last) : _rows, _layer.vertical.weight, _layer.vertical.bias, padding: [0, _last]);
            if (_verticalClass is not null)
                v += _verticalClass;
            _across = _layer.across.call(v);
            if (_horizontalClass is not null)
                _across += _horizontalClass;
            return Gate(v);
        }

        public Tensor Pixel(Tensor x, int j)
        {
            if (_layer._first)
                _rows.select(3, j).select(2, _last).copy_(x);
            Tensor next = _output.Pixel(Gate(_horizontal.Pixel(x, j) + _across!.select(3, j).squeeze(2)), j);
            return _layer._first ? next : x + next;
        }
    }
}
