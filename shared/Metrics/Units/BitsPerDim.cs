namespace Replications.Metrics.Units;

/// <summary>
/// Bits per dimension from negative log-likelihoods in nats. One method per scale the density may live on, because the offset
/// is where published numbers of images get mixed up. All for 8-bit pixels with uniform dequantisation noise unless said otherwise.
/// </summary>
public static class BitsPerDim
{
    /// <summary>Of a probability of the integers themselves: no offset, <c>nll / (D ln 2)</c>.</summary>
    /// <param name="nll">Negative log-probability of one example, nats.</param>
    /// <param name="dimensions">Dimensions of one example.</param>
    public static double OfDiscrete(double nll, long dimensions) => PerDimension(nll, dimensions);

    /// <summary>Of a density of <c>x + u</c> on [0,256): offset 0, since each bin has width 1 and its mass equals its mean density.</summary>
    /// <inheritdoc cref="OfDiscrete"/>
    public static double OfDensityOn256(double nll, long dimensions) => PerDimension(nll, dimensions);

    /// <summary>Of a density of <c>(x + u) / 256</c> on [0,1): offset 8, since dividing by 256 raises the density by log2 256 bits per dimension.</summary>
    /// <inheritdoc cref="OfDiscrete"/>
    public static double OfDensityOnUnit(double nll, long dimensions) => PerDimension(nll, dimensions) + 8;

    /// <summary>Of a density on [-1,1): offset 7, since the 256 bins share a length of 2 (log2 256/2 bits).</summary>
    /// <inheritdoc cref="OfDiscrete"/>
    public static double OfDensityOnSymmetric(double nll, long dimensions) => PerDimension(nll, dimensions) + 7;

    /// <summary>
    /// Of a density on [-0.5,0.5) of pixels reduced to <paramref name="bits"/> bits: offset <paramref name="bits"/>, since the
    /// <c>2^bits</c> bins share a length of 1.
    /// </summary>
    /// <inheritdoc cref="OfDiscrete"/>
    /// <param name="nll">Negative log-density of one example, nats.</param>
    /// <param name="dimensions">Dimensions of one example.</param>
    /// <param name="bits">Bits a pixel was reduced to.</param>
    public static double OfDensityOnCentred(double nll, long dimensions, int bits) => PerDimension(nll, dimensions) + bits;

    /// <summary>
    /// Of a density of <c>y = logit(s)</c>, <c>s = a + (1 - 2a) x</c>, with <c>x = (k + u)/256</c> on [0,1). The change of variables
    /// takes <c>sum[log(1 - 2a) - log s - log(1 - s)]</c> from the negative log-density of y; then offset 8 as on [0,1).
    /// </summary>
    /// <param name="nll">Negative log-density of y for one example, nats.</param>
    /// <param name="squeezed">The values <c>s</c> of that example, each in (0,1).</param>
    /// <param name="a">The squeeze <c>a</c>, for example 0.05 for CIFAR-10 and 1e-6 for MNIST in MAF.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="squeezed"/> is not inside (0,1).</exception>
    public static double OfLogitDensity(double nll, ReadOnlySpan<double> squeezed, double a)
    {
        double logDerivative = 0;
        foreach (double s in squeezed)
        {
            if (!(s > 0 && s < 1))
                throw new ArgumentOutOfRangeException(nameof(squeezed), s, "a squeezed pixel must lie strictly between 0 and 1");
            logDerivative += Math.Log(1 - (2 * a)) - Math.Log(s) - Math.Log(1 - s);
        }

        return OfDensityOnUnit(nll - logDerivative, squeezed.Length);
    }

    /// <summary>Of any quantity per example in nats, without offset: a difference or a standard error.</summary>
    /// <param name="nats">Nats per example.</param>
    /// <param name="dimensions">Dimensions of one example.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public static double PerDimension(double nats, long dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return nats / (dimensions * Math.Log(2));
    }
}
