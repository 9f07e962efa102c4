using Replications.Metrics.Averages;
using TorchSharp;

namespace Replications.Metrics.Parzen;

/// <summary>
/// Gaussian Parzen window (Goodfellow et al. 2014): <c>log p(x) = logmeanexp_j(-|x - mu_j|^2 / 2 sigma^2) - D log(sigma sqrt(2 pi))</c>
/// with a generated sample at each centre. A score of samples that is easily gamed: report it as what it is.
/// </summary>
/// <param name="centres">Generated samples, <c>[M, D]</c> float; owned by the caller.</param>
public sealed class ParzenWindow(torch.Tensor centres)
{
    // Distances of this many points to all centres are in memory at once: 100 x 10,000 float64 are 8 MB. They are taken
    // in float64, because |x|^2 - 2 x mu + |mu|^2 loses the difference of large norms.
    private const long Portion = 100;

    /// <summary>Log-density of each point, nats.</summary>
    /// <param name="points">Points, <c>[N, D]</c>, on the centres' scale.</param>
    /// <param name="sigma">Width of the window, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sigma"/> is not above 0.</exception>
    public double[] LogDensity(torch.Tensor points, double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        torch.Tensor mu = centres.to(torch.ScalarType.Float64);
        torch.Tensor norms = (mu * mu).sum(1);
        long d = points.shape[1];
        double constant = Math.Log(centres.shape[0]) + (d * Math.Log(sigma * Math.Sqrt(2 * Math.PI)));
        return Portions.Numbers(points, Portion, torch.ScalarType.Float64, (x, _) =>
        {
            torch.Tensor distances = (x * x).sum(1).unsqueeze(1) + norms - (2 * x.matmul(mu.t()));
            return torch.logsumexp(distances * (-0.5 / (sigma * sigma)), 1) - constant;
        });
    }

    /// <summary>The width, among some, with the largest mean log-density of validation points.</summary>
    /// <param name="validation">Validation points, <c>[N, D]</c>.</param>
    /// <param name="candidates">Widths to try, for example <see cref="Grid"/>.</param>
    public double SelectSigma(torch.Tensor validation, IReadOnlyList<double> candidates) =>
        candidates.MaxBy(sigma => PointMean.Of(LogDensity(validation, sigma)).Value);

    /// <summary>The ten widths of the official protocol, <c>logspace(-1, 0, 10)</c> (goodfeli/adversarial, parzen_ll.py).</summary>
    public static IReadOnlyList<double> Grid { get; } = [.. Enumerable.Range(0, 10).Select(i => Math.Pow(10, -1 + (i / 9.0)))];
}
