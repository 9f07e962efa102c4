using Replications.Training.Pictures;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// A pixel's distribution (sections 2.1 and 2.2; pixel_cnn_pp/nn.py, discretized_mix_logistic_loss): one of K components for the whole pixel, in it a
/// logistic for each colour that is integrated over the value's bin, means of green and blue moved by the colours before them. Parameters of a
/// pixel, in the order of the official code: K logits, then for red, green and blue K means, K log-scales and, with three colours, K coefficients.
/// </summary>
/// <param name="components">K.</param>
/// <param name="colours">3, or 1 for grey.</param>
public sealed class LogisticMixture(int components, int colours)
{
    /// <summary>Values of a colour.</summary>
    public const int Levels = 256;

    // Bins are 2/255 wide; those at the ends reach to infinity (pixel_cnn_pp/nn.py, these five).
    private const double HalfBin = 1.0 / 255;
    private const double Edge = 0.999;
    private const double LeastLogScale = -7;
    private const double LeastMass = 1e-5;
    private const double LeastLogged = 1e-12;

    /// <summary>P: parameters of a pixel, 10 K with three colours.</summary>
    /// <param name="components">K.</param>
    /// <param name="colours">3 or 1.</param>
    /// <exception cref="ArgumentException">Another number of colours.</exception>
    public static int ParametersOf(int components, int colours) => colours is 1 or 3
        ? components * (1 + (colours * PerColour(colours)))
        : throw new ArgumentException(FormattableString.Invariant($"images of {colours} colours; 1 or 3 were expected"), nameof(colours));

    /// <summary>Takes values to [-1, 1]: <c>(k - 127.5) / 127.5</c> (train.py).</summary>
    /// <param name="values">0 ... 255, floating.</param>
    public static Tensor Scale(Tensor values) => (values - 127.5) / 127.5;

    /// <summary>Negative log-probability of each image, in nats. Sums are made in float32 at least.</summary>
    /// <param name="parameters"><c>[N, P, H, W]</c>.</param>
    /// <param name="x">Scaled values <c>[N, C, H, W]</c>.</param>
    /// <returns><c>[N]</c>.</returns>
    public Tensor Nll(Tensor parameters, Tensor x)
    {
        (Tensor logits, Tensor means, Tensor logScales) = Conditionals(parameters, x);
        Tensor pixels = (ColourLogProbability(means, logScales, x).sum(dim: 1) + logits.log_softmax(1)).logsumexp(1);
        return -pixels.sum(1, 2);
    }

    /// <summary>What determines the distribution of each value given those before it, one number for each: all of it enters, each part with a weight of its own.</summary>
    /// <param name="parameters"><c>[N, P, H, W]</c>.</param>
    /// <param name="x">Scaled values <c>[N, C, H, W]</c>.</param>
    /// <returns><c>[N, C, H, W]</c>.</returns>
    public Tensor Summary(Tensor parameters, Tensor x)
    {
        (Tensor logits, Tensor means, Tensor logScales) = Conditionals(parameters, x);
        Tensor colour = ColourLogProbability(means, logScales, x);
        // Given the colours before it, a component's weight is its prior times the probability it gave to them.
        Tensor before = cat([zeros_like(colour.narrow(1, 0, 1)), .. Enumerable.Range(1, colours - 1).Select(c => colour.narrow(1, 0, c).sum(1, keepdim: true))], 1);
        Tensor weights = logits.unsqueeze(1) + before;
        Tensor all = cat([weights, means, logScales], 2);
        return (all * arange(1, (3 * components) + 1, device: all.device).reshape(1, 1, -1, 1, 1)).sum(dim: 2);
    }

    /// <summary>
    /// Draws a pixel: a component, then its colours in order, each rounded to the nearest value before it moves the next. (The official code does not
    /// round; then green and blue follow a red that the likelihood does not know.)
    /// </summary>
    /// <param name="parameters"><c>[N, P]</c>.</param>
    /// <param name="uniform">Noise on [0, 1), <c>[N, 1 + C]</c>: the component is the first whose cumulative probability lies above the first number.</param>
    /// <returns>Values 0 ... 255, floating, <c>[N, C]</c>.</returns>
    public Tensor Draw(Tensor parameters, Tensor uniform)
    {
        (Tensor logits, Tensor means, Tensor logScales, Tensor? coefficients) = Parts(parameters.unsqueeze(2).unsqueeze(3));
        Tensor chosen = Categorical.Draw(logits.reshape(-1, components), uniform.select(1, 0)).reshape(-1, 1, 1).expand(-1, colours, 1);
        Tensor Of(Tensor parts) => parts.reshape(-1, colours, components).gather(2, chosen).squeeze(2);
        Tensor u = uniform.narrow(1, 1, colours);
        Tensor raw = Of(means) + (Of(logScales).exp() * (u.log() - (1 - u).log()));
        Tensor red = Round(raw.narrow(1, 0, 1));
        if (coefficients is null)
            return Value(red);
        Tensor c = Of(coefficients);
        Tensor green = Round(raw.narrow(1, 1, 1) + (c.narrow(1, 0, 1) * red));
        Tensor blue = Round(raw.narrow(1, 2, 1) + (c.narrow(1, 1, 1) * red) + (c.narrow(1, 2, 1) * green));
        return Value(cat([red, green, blue], 1));
    }

    private static int PerColour(int colours) => colours == 1 ? 2 : 3;

    private static Tensor Value(Tensor x) => ((x + 1) * 127.5).round();

    private static Tensor Round(Tensor x) => Scale(Value(x.clamp(-1, 1)));

    /// <summary>Logits <c>[N, K, H, W]</c>; means given the colours before, and log-scales, <c>[N, C, K, H, W]</c>.</summary>
    private (Tensor Logits, Tensor Means, Tensor LogScales) Conditionals(Tensor parameters, Tensor x)
    {
        (Tensor logits, Tensor means, Tensor logScales, Tensor? coefficients) = Parts(parameters);
        if (coefficients is null)
            return (logits, means, logScales);
        Tensor red = x.narrow(1, 0, 1), green = x.narrow(1, 1, 1);
        Tensor moved = cat(
            [
                means.narrow(1, 0, 1),
                means.narrow(1, 1, 1) + (coefficients.narrow(1, 0, 1) * red.unsqueeze(2)),
                means.narrow(1, 2, 1) + (coefficients.narrow(1, 1, 1) * red.unsqueeze(2)) + (coefficients.narrow(1, 2, 1) * green.unsqueeze(2)),
            ],
            1);
        return (logits, moved, logScales);
    }

    /// <summary>Logits <c>[N, K, H, W]</c>; means, log-scales and coefficients <c>[N, C, K, H, W]</c>.</summary>
    private (Tensor Logits, Tensor Means, Tensor LogScales, Tensor? Coefficients) Parts(Tensor parameters)
    {
        Tensor p = parameters.dtype == ScalarType.Float64 ? parameters : parameters.to(ScalarType.Float32);
        long h = p.shape[2], w = p.shape[3];
        Tensor colour = p.narrow(1, components, p.shape[1] - components).reshape(-1, colours, PerColour(colours) * components, h, w);
        Tensor Part(int i) => colour.narrow(2, i * components, components);
        return (p.narrow(1, 0, components), Part(0), Part(1).clamp_min(LeastLogScale), colours == 1 ? null : Part(2).tanh());
    }

    /// <summary>Log-probability of each colour under each component, <c>[N, C, K, H, W]</c>.</summary>
    private static Tensor ColourLogProbability(Tensor means, Tensor logScales, Tensor x)
    {
        x = x.unsqueeze(2);
        Tensor centred = x - means, inverse = (-logScales).exp();
        Tensor upper = inverse * (centred + HalfBin), lower = inverse * (centred - HalfBin), middle = inverse * centred;
        Tensor mass = upper.sigmoid() - lower.sigmoid();
        // Where a bin's mass is lost in rounding: the density at its middle, times its width.
        Tensor density = middle - logScales - (2 * functional.softplus(middle)) - Math.Log(127.5);
        Tensor inside = where(mass > LeastMass, mass.clamp_min(LeastLogged).log(), density);
        Tensor lowest = upper - functional.softplus(upper), highest = -functional.softplus(lower);
        return where(x < -Edge, lowest, where(x > Edge, highest, inside));
    }
}
