using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>A convolution that reads no row below and, in ul, no column to the right. With stride 2 its output i reads rows 2i - 1 and 2i, which is still no row below.</summary>
/// <param name="kind">Where the zeros stand.</param>
/// <param name="inputs">Features in.</param>
/// <param name="outputs">Features out.</param>
/// <param name="kernel">Rows and columns; null for the stream's own.</param>
/// <param name="stride">1, or 2 between stages.</param>
/// <param name="initialScale">Standard deviation of the outputs over the first batch.</param>
public sealed class ShiftedConv2d(ShiftKind kind, int inputs, int outputs, (int Height, int Width)? kernel = null, int stride = 1, double initialScale = 1)
    : WeightNormLayer(nameof(ShiftedConv2d), Shape(inputs, outputs, kernel ?? Shifted.Kernel(kind)), 0, initialScale)
{
    private readonly (int Height, int Width) _kernel = kernel ?? Shifted.Kernel(kind);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor input, Tensor weight, Tensor bias) =>
        functional.conv2d(Shifted.Pad(input, kind, _kernel), weight, bias, strides: [stride, stride]);

    private static long[] Shape(int inputs, int outputs, (int Height, int Width) kernel) => [outputs, inputs, kernel.Height, kernel.Width];
}

/// <summary>
/// A transposed convolution of stride 2 that doubles rows and columns. Rows 2i and 2i + 1 come from row i; columns in ul alike, while in u they may come from
/// columns to the right, whose rows are above: no output sees more than the input of its half or quarter resolution had seen.
/// </summary>
/// <param name="kind">Which side is dropped.</param>
/// <param name="filters">Features in and out.</param>
public sealed class ShiftedConvTranspose2d(ShiftKind kind, int filters)
    : WeightNormLayer(nameof(ShiftedConvTranspose2d), [filters, filters, Shifted.Kernel(kind).Height, Shifted.Kernel(kind).Width], 1, 1)
{
    // Of the 2w + 1 columns that three weights reach u drops the first, and ul has but 2w.
    private readonly long[] _dropped = [0, kind == ShiftKind.Down ? 1 : 0];

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor input, Tensor weight, Tensor bias) =>
        functional.conv_transpose2d(input, weight, bias, strides: [2, 2], padding: _dropped, output_padding: _dropped);
}

/// <summary>A 1 x 1 convolution: the same matrix at each pixel ("network in network").</summary>
/// <param name="inputs">Features in.</param>
/// <param name="outputs">Features out.</param>
public sealed class Nin(int inputs, int outputs) : WeightNormLayer(nameof(Nin), [outputs, inputs, 1, 1], 0, 1)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor input, Tensor weight, Tensor bias) => functional.conv2d(input, weight, bias);
}
