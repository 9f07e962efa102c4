namespace TorchSharp.Modules;

/// <summary>The sizes of a convolution, one number per spatial dimension where they are arrays.</summary>
internal sealed record ConvolutionShape(long In, long Out, long[] Kernel, long[] Stride, long[] Dilation, long Groups)
{
    /// <summary>Zeros (or the mode's values) on both sides; null for <see cref="PaddingType"/>.</summary>
    internal long[]? Padding { get; init; }

    internal Padding PaddingType { get; init; }

    internal bool Transposed { get; init; }

    internal long[] OutputPadding { get; init; } = [];
}
