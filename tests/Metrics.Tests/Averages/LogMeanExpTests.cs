using Replications.Metrics.Averages;

namespace Replications.Metrics.Tests.Averages;

public class LogMeanExpTests
{
    [Fact]
    public void By_hand() => Assert.Equal(Math.Log(2), LogMeanExp.Of([Math.Log(1), Math.Log(3)]), 14);

    [Fact]
    public void One_term_is_itself() => Assert.Equal(-784.25, LogMeanExp.Of([-784.25]));

    [Theory]
    [InlineData(-5000)]
    [InlineData(5000)]
    public void A_shift_far_outside_the_range_of_exp_comes_out_again(double shift) =>
        Assert.Equal(shift + Math.Log(2), LogMeanExp.Of([shift, shift + Math.Log(3)]), 10);

    [Fact]
    public void The_order_of_terms_does_not_matter()
    {
        double[] terms = [-90, -700, -88.5, -89, double.NegativeInfinity];
        Assert.Equal(LogMeanExp.Of(terms), LogMeanExp.Of([.. terms.Reverse()]), 12);
    }

    [Fact]
    public void A_term_of_zero_counts_in_the_mean()
    {
        Assert.Equal(Math.Log(0.5), LogMeanExp.Of([0, double.NegativeInfinity]), 14);
        Assert.Equal(double.NegativeInfinity, LogMeanExp.Of([double.NegativeInfinity, double.NegativeInfinity]));
    }

    [Theory]
    [InlineData(-1, double.NaN, -2)]
    [InlineData(double.NaN, -1, -2)]
    [InlineData(double.NaN, double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.NaN, 1)]
    [InlineData(double.NaN, double.PositiveInfinity, 1)]
    public void NaN_stays_NaN(double first, double second, double third) => Assert.True(double.IsNaN(LogMeanExp.Of([first, second, third])));

    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void An_infinite_term_makes_an_infinite_mean(double first, double second) => Assert.Equal(double.PositiveInfinity, LogMeanExp.Of([first, second]));

    [Fact]
    public void Sums_of_many_terms_keep_their_digits()
    {
        // 1,000,000 terms of 1 after one of 1e-9: in float32 the sum would stop at 2^24 and lose the small term.
        var mean = new LogMeanExp(1);
        mean.Add([Math.Log(1e-9)]);
        for (int i = 0; i < 1_000_000; i++)
            mean.Add([0]);
        Assert.Equal(Math.Log((1_000_000 + 1e-9) / 1_000_001), mean.Result()[0], 12);
    }

    [Fact]
    public void Points_are_averaged_apart()
    {
        var mean = new LogMeanExp(2);
        mean.Add([Math.Log(1), Math.Log(10)]);
        mean.Add([Math.Log(3), Math.Log(30)]);
        Assert.Equal([Math.Log(2), Math.Log(20)], mean.Result(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_wrong_number_of_terms_and_no_terms_are_refused()
    {
        var mean = new LogMeanExp(2);
        Assert.Throws<InvalidOperationException>(() => mean.Result());
        Assert.Throws<ArgumentException>(() => mean.Add([0]));
    }
}
