using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// A convolution that sees what comes before: all of the rows above and of the row to the left, and at the pixel itself the
/// colours before its own (mask A) or up to its own (mask B; section 3.4). Feature f belongs to colour <c>f mod C</c>, in every layer.
/// </summary>
public sealed class MaskedConv2d : Module<Tensor, Tensor>
{
    private const string Mask = "mask";

    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly bool _masked;
    private readonly long[] _padding;

    /// <summary>Makes a layer with random weights and zero bias; the paper does not say how it starts.</summary>
    /// <param name="inputs">Features in.</param>
    /// <param name="outputs">Features out.</param>
    /// <param name="kernel">Rows and columns, odd.</param>
    /// <param name="colours">C.</param>
    /// <param name="strict">Mask A.</param>
    /// <param name="values">Outputs of one colour that stand together: 256 for the logits, which are colour by colour; 1 elsewhere.</param>
    /// <param name="chunk">Outputs of each of several parts that are taken together feature by feature, such as the gates of an LSTM; 0 for one part.</param>
    /// <param name="hasBias">False where another layer has it.</param>
    /// <param name="gain">Factor of the initial weights.</param>
    /// <param name="rectified">
    /// The input comes from a ReLU, and weights start normal with variance 2 over the values that an output sees on average (He et al. 2015); otherwise
    /// uniform (Glorot and Bengio 2010), masked taps counted.
    /// </param>
    public MaskedConv2d(
        int inputs, int outputs, (int Height, int Width) kernel, int colours, bool strict = false, int values = 1, int chunk = 0,
        bool hasBias = true, double gain = 1, bool rectified = false)
        : base(nameof(MaskedConv2d))
    {
        _padding = [kernel.Height / 2, kernel.Width / 2];
        bias = hasBias ? Parameter(zeros(outputs)) : null;
        float[] keep = Keep(inputs, outputs, kernel, colours, strict, o => (chunk > 0 ? o % chunk : o) / values % colours);
        Tensor start = empty(outputs, inputs, kernel.Height, kernel.Width);
        weight = Parameter(rectified ? init.normal_(start, 0, gain * Math.Sqrt(2.0 * outputs / keep.Sum())) : init.xavier_uniform_(start, gain));
        // 1 x 1 on one colour sees all: there is nothing to mask.
        _masked = keep.Contains(0);
        if (_masked)
            register_buffer(Mask, tensor(keep).reshape(outputs, inputs, kernel.Height, kernel.Width), persistent: false);
        RegisterComponents();
    }

    /// <summary>The weight as it is applied: zero where masked.</summary>
    // TorchSharp 0.107 leaves buffers that are not persistent where they are when a module moves.
    public Tensor Weight => _masked ? weight * get_buffer(Mask)!.to(weight.device) : weight;

    /// <summary>The bias, if there is one.</summary>
    public Tensor? Bias => bias;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.conv2d(input, Weight, bias, padding: _padding);

    private static float[] Keep(int inputs, int outputs, (int Height, int Width) kernel, int colours, bool strict, Func<int, int> colour)
    {
        int size = kernel.Height * kernel.Width, centre = size / 2;
        float[] keep = new float[outputs * inputs * size];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                int from = i % colours, to = colour(o);
                for (int tap = 0; tap < size; tap++)
                {
                    // Taps in the order of their offsets are taps in the order of the pixels.
                    bool before = tap < centre || (tap == centre && (strict ? from < to : from <= to));
                    keep[(((o * inputs) + i) * size) + tap] = before ? 1 : 0;
                }
            }
        }

        return keep;
    }
}
