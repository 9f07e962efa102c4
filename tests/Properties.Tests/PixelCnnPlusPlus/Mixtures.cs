using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>
/// Parameters of a pixel's mixture, what the code makes of them, and what the formulas of sections 2.1 and 2.2 do: written out with doubles, value by value and
/// component by component.
/// </summary>
internal static class Mixtures
{
    /// <summary>Components.</summary>
    public const int K = 3;

    /// <summary>Random ones, <c>[1, 10 K, 1, 1]</c>, whose log-scales lie about a number.</summary>
    public static torch.Tensor Parameters(double logScale)
    {
        torch.Tensor p = torch.randn([1, 10 * K, 1, 1], torch.ScalarType.Float64) * 0.7;
        foreach (int first in Small.LogScales(K, 3))
            p.narrow(1, first, K).mul_(0.3).add_(logScale);
        return p;
    }

    /// <summary>What the code gives to each of some pixels.</summary>
    public static double[] Probability(torch.Tensor parameters, (int Red, int Green, int Blue)[] pixels)
    {
        using IDisposable scope = torch.NewDisposeScope();
        double[] values = [.. pixels.SelectMany(v => new double[] { v.Red, v.Green, v.Blue })];
        torch.Tensor x = LogisticMixture.Scale(torch.tensor(values).reshape(-1, 3, 1, 1));
        return (-new LogisticMixture(K, 3).Nll(parameters.expand(pixels.Length, -1, 1, 1), x)).exp().data<double>().ToArray();
    }

    /// <summary>p(r), or p(r, g), by the formulas.</summary>
    public static double Margin(torch.Tensor parameters, int red, int? green)
    {
        double[] p = parameters.data<double>().ToArray();
        double total = Enumerable.Range(0, K).Sum(k => Math.Exp(p[k]));
        return Enumerable.Range(0, K).Sum(k =>
            Math.Exp(p[k]) / total * Colour(p, k, 0, red, 0) * (green is int g ? Colour(p, k, 1, g, Math.Tanh(p[At(0, 2, k)]) * X(red)) : 1));
    }

    /// <summary>A component's p(r, g, b) by the formulas.</summary>
    public static double Pixel(double[] p, int k, (int Red, int Green, int Blue) v) =>
        Colour(p, k, 0, v.Red, 0)
        * Colour(p, k, 1, v.Green, Math.Tanh(p[At(0, 2, k)]) * X(v.Red))
        * Colour(p, k, 2, v.Blue, (Math.Tanh(p[At(1, 2, k)]) * X(v.Red)) + (Math.Tanh(p[At(2, 2, k)]) * X(v.Green)));

    private static double Colour(double[] p, int k, int colour, int value, double moved)
    {
        double centred = X(value) - p[At(colour, 0, k)] - moved, logScale = Math.Max(p[At(colour, 1, k)], -7), s = Math.Exp(logScale);
        double upper = 1 / (1 + Math.Exp(-(centred + (1.0 / 255)) / s)), lower = 1 / (1 + Math.Exp(-(centred - (1.0 / 255)) / s));
        double mass = upper - lower, density = Math.Exp(-Math.Abs(centred) / s) / Math.Pow(1 + Math.Exp(-Math.Abs(centred) / s), 2) / s;
        return value switch
        {
            0 => upper,
            255 => 1 / (1 + Math.Exp((centred - (1.0 / 255)) / s)),
            _ => mass > 1e-5 ? mass : density / 127.5,
        };
    }

    private static int At(int colour, int part, int k) => K + (((colour * 3) + part) * K) + k;

    private static double X(int value) => (value - 127.5) / 127.5;
}
