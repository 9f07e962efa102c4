using Replications.Metrics.Units;

namespace Replications.Metrics.Tests.Units;

public class BitsPerDimTests
{
    [Fact]
    public void A_uniform_distribution_over_256_values_is_8_bits_per_dim() =>
        Assert.Equal(8, BitsPerDim.OfDiscrete(3072 * Math.Log(256), 3072), 12);

    [Fact]
    public void A_uniform_density_is_8_bits_per_dim_on_every_scale()
    {
        // A density that is 1/length on each axis has nll D ln(length).
        Assert.Equal(8, BitsPerDim.OfDensityOn256(10 * Math.Log(256), 10), 12);
        Assert.Equal(8, BitsPerDim.OfDensityOnUnit(0, 10), 12);
        Assert.Equal(8, BitsPerDim.OfDensityOnSymmetric(10 * Math.Log(2), 10), 12);
        Assert.Equal(8, BitsPerDim.OfDensityOnCentred(0, 10, bits: 8), 12);
        Assert.Equal(5, BitsPerDim.OfDensityOnCentred(0, 10, bits: 5), 12);
    }

    [Fact]
    public void Nice_on_CIFAR_10_gives_the_4_48_that_PixelRNN_prints()
    {
        // NICE reports a log-likelihood of 5371.78 nats on [-1,1]^3072: 7 - 5371.78 / (3072 ln 2) = 7 - 2.523.
        Assert.Equal(4.477, BitsPerDim.OfDensityOnSymmetric(-5371.78, 3072), 3);
    }

    [Fact]
    public void Nice_on_MNIST_gives_4_356()
    {
        // 1980.50 nats on [0,1]^784: 8 - 1980.50 / (784 ln 2).
        Assert.Equal(4.356, BitsPerDim.OfDensityOnUnit(-1980.50, 784), 3);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1e-6)]
    public void A_uniform_density_of_pixels_is_8_bits_per_dim_in_logit_space_too(double a)
    {
        // x uniform on [0,1): y = logit(a + (1-2a)x) has density s(1-s)/(1-2a).
        double[] s = [.. new[] { 0.1, 0.5, 0.75 }.Select(x => a + ((1 - (2 * a)) * x))];
        double nll = -s.Sum(v => Math.Log(v * (1 - v) / (1 - (2 * a))));
        Assert.Equal(8, BitsPerDim.OfLogitDensity(nll, s, a), 12);
    }

    [Fact]
    public void A_logit_by_hand()
    {
        // D = 1, a = 0.05, s = 0.5: log(0.9) - 2 log(0.5) = 1.280934; nll 2 -> (2 - 1.280934)/ln 2 + 8 = 9.037393.
        Assert.Equal(9.037393, BitsPerDim.OfLogitDensity(2, [0.5], 0.05), 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_squeezed_pixel_on_the_edge_is_refused(double s) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitsPerDim.OfLogitDensity(0, [s], 0.05));

    [Fact]
    public void No_dimensions_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitsPerDim.PerDimension(1, 0));
}
