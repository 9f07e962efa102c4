using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all convolutions share. Initialised as PyTorch's: weight and bias uniform within 1/√fan-in.</summary>
public abstract class Convolution : WeightedLayer
{
    // Padding for modes other than zeros, in the order of functional.pad: last dimension first, both sides.
    private protected long[] PadSides { get; private set; } = [];

    private protected Convolution(string name, ConvolutionShape shape, PaddingModes paddingMode, bool hasBias, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (shape.Transposed && paddingMode != PaddingModes.Zeros)
            throw new ArgumentException("transposed convolutions pad with zeros only", nameof(paddingMode));
        if (shape.In % shape.Groups != 0 || shape.Out % shape.Groups != 0)
            throw new ArgumentException($"{shape.In} and {shape.Out} channels do not divide into {shape.Groups} groups", nameof(shape));
        in_channels = shape.In;
        out_channels = shape.Out;
        kernel_size = shape.Kernel;
        stride = shape.Stride;
        dilation = shape.Dilation;
        output_padding = shape.OutputPadding;
        transposed = shape.Transposed;
        groups = shape.Groups;
        padding_mode = paddingMode;
        if (shape.Padding is { } sides)
            SetPadding(sides);
        else
            SetPadding(shape.PaddingType);
        long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        weight = nn.Parameter(empty([.. channels, .. kernel_size], dtype: dtype, device: device));
        if (hasBias)
            bias = nn.Parameter(empty(out_channels, dtype: dtype, device: device));
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public bool transposed { get; }

    public Padding? padding_type { get; private set; }

    public long[]? padding { get; private set; }

    public PaddingModes padding_mode { get; set; }

    public long groups { get; set; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[] dilation { get; set; }

    public long[] output_padding { get; set; }

    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is not null)
            nn.init.UniformByFanIn(bias, weight);
    }

    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        PadSides = [.. padding.Reverse().SelectMany(p => new[] { p, p })];
    }

    public void SetPadding(Padding padding)
    {
        if (transposed)
            throw new ArgumentException("transposed convolutions take numbers as padding", nameof(padding));
        if (padding == Padding.Same && stride.Any(s => s != 1))
            throw new ArgumentException("padding 'same' is not supported for strided convolutions", nameof(padding));
        this.padding = null;
        padding_type = padding;
        var sides = new List<long>();
        for (int i = kernel_size.Length - 1; i >= 0; i--)
        {
            long total = padding == Padding.Same ? dilation[i] * (kernel_size[i] - 1) : 0;
            sides.AddRange([total / 2, total - (total / 2)]);
        }

        PadSides = [.. sides];
    }

    private protected void RequireChannels(Tensor input)
    {
        int spatial = kernel_size.Length;
        long[] shape = input.shape;
        bool fits = (shape.Length == spatial + 2 && shape[1] == in_channels) || (shape.Length == spatial + 1 && shape[0] == in_channels);
        if (!fits)
        {
            throw new ArgumentException(
                $"{GetName()} expected {in_channels} channels and {spatial} spatial dimensions, got [{string.Join(", ", shape)}].", nameof(input));
        }
    }
}
