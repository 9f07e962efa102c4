using Replications.Training.Fused;
using Replications.Training.Pictures;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>How values are scaled, scored and drawn under the logits of a network.</summary>
/// <param name="output">Distribution of a value.</param>
/// <param name="shape">Images.</param>
public sealed class PixelLikelihood(PixelOutput output, ImageShape shape)
{
    // libtorch's own, -100, would be the class of a pixel that costs nothing; no float becomes this one.
    private const long NoClass = long.MinValue + 1;

    /// <summary>Values of an 8-bit pixel.</summary>
    public const int Levels = 256;

    /// <summary>Values a pixel can take.</summary>
    public int Values => output == PixelOutput.Bernoulli ? 2 : Levels;

    /// <summary>What the network sees: <c>k / (Values - 1)</c> taken to [-1, 1]; the paper says only that inputs are scaled and centred (section 5.2).</summary>
    /// <param name="values">Values 0 ... Values - 1 as floats, any shape with as many elements as images.</param>
    /// <returns><c>[N, C, H, W]</c>.</returns>
    public Tensor Scale(Tensor values) =>
        ScalePixel(values.reshape(-1, shape.Colours, shape.Height, shape.Width));

    /// <summary>The same of any part of images.</summary>
    /// <param name="values">Values 0 ... Values - 1 as floats, any shape.</param>
    public Tensor ScalePixel(Tensor values) => (values * (2.0 / (Values - 1))) - 1;

    /// <summary>Negative log-probability of each image: the sum over its values, in nats. Sums are made in float32, for logits in float64 in float64.</summary>
    /// <param name="logits">Of a <see cref="PixelNetwork"/>.</param>
    /// <param name="values">Values 0 ... Values - 1 as floats; for bytes, what is outside them is refused.</param>
    /// <returns><c>[N]</c>.</returns>
    public Tensor Nll(Tensor logits, Tensor values)
    {
        long n = logits.shape[0];
        if (output == PixelOutput.Bernoulli)
            return FusedLayers.BernoulliNll(logits.reshape(n, -1), values.reshape(n, -1));
        Tensor targets = values.to(ScalarType.Int64).reshape(n, -1);
        return functional.cross_entropy(Classes(logits), targets, ignore_index: NoClass, reduction: Reduction.None).sum(1);
    }

    /// <summary>Draws the value of one colour of one pixel.</summary>
    /// <param name="logits">Logits of all colours at the pixel, <c>[N, C K]</c>.</param>
    /// <param name="colour">Which colour.</param>
    /// <param name="uniform">Noise, <c>[N]</c>, uniform on [0, 1): the value is the smallest whose cumulative probability lies above it.</param>
    /// <returns><c>[N]</c>, float.</returns>
    public Tensor Draw(Tensor logits, int colour, Tensor uniform)
    {
        if (output == PixelOutput.Bernoulli)
            return (uniform < logits.select(1, colour).sigmoid()).to(ScalarType.Float32);
        return Categorical.Draw(logits.narrow(1, colour * Levels, Levels), uniform).to(ScalarType.Float32);
    }

    /// <summary>Logits as <c>[N, K, D]</c>, dimensions in the order of the values, in float32 at least.</summary>
    private static Tensor Classes(Tensor logits)
    {
        Tensor wide = logits.dtype == ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);
        return wide.reshape(logits.shape[0], logits.shape[1] / Levels, Levels, -1).transpose(1, 2).reshape(logits.shape[0], Levels, -1);
    }
}
