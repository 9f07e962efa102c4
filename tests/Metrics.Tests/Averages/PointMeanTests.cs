using Replications.Metrics.Averages;

namespace Replications.Metrics.Tests.Averages;

public class PointMeanTests
{
    [Fact]
    public void By_hand()
    {
        // 1, 2, 3, 6: mean 3, sample variance (4 + 1 + 0 + 9)/3, standard error sqrt(14/3/4).
        PointMean mean = PointMean.Of([1, 2, 3, 6]);
        Assert.Equal(3, mean.Value, 14);
        Assert.Equal(Math.Sqrt(14.0 / 12), mean.StandardError, 14);
        Assert.Equal(4, mean.Count);
    }

    [Fact]
    public void A_large_offset_loses_no_digits() =>
        Assert.Equal(Math.Sqrt(14.0 / 12), PointMean.Of([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 6]).StandardError, 6);

    [Fact]
    public void One_point_has_no_standard_error() => Assert.True(double.IsNaN(PointMean.Of([5]).StandardError));

    [Fact]
    public void A_negative_factor_keeps_the_error_positive() =>
        Assert.Equal(new PointMean(-6, 2, 4), new PointMean(3, 1, 4).Times(-2));

    [Fact]
    public void No_points_are_refused() => Assert.Throws<ArgumentException>(() => PointMean.Of([]));
}
