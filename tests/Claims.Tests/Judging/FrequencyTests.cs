using MathNet.Numerics.Distributions;

namespace Replications.Claims.Tests.Judging;

/// <summary>The referee as a statistical test: how often it says what, when the truth is known.</summary>
public sealed class FrequencyTests
{
    private const int Trials = 4000;
    private const double Published = 88.4;
    private const double Margin = 0.5;
    private const double Spread = 0.12;

    [Fact]
    public void Equal_distributions_are_replicated_as_often_as_theory_says()
    {
        double expected = ChanceInside(shift: 0);
        Assert.InRange(expected, 0.6, 0.95);
        Near(expected, Frequency(shift: 0)[Verdict.Replicated]);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(-0.2)]
    public void A_shift_inside_the_margin_is_replicated_less_often(double shift) =>
        Near(ChanceInside(shift), Frequency(shift)[Verdict.Replicated]);

    [Theory]
    [InlineData(Margin)]
    [InlineData(-Margin)]
    [InlineData(Margin + 0.1)]
    [InlineData(-Margin - 0.1)]
    public void A_shift_to_the_margin_or_beyond_is_replicated_in_at_most_a_fortieth(double shift) =>
        Assert.InRange(Frequency(shift)[Verdict.Replicated], 0, 0.025 + (4 * Math.Sqrt(0.025 * 0.975 / Trials)));

    [Theory]
    [InlineData(Margin, Verdict.NotReplicated)]
    [InlineData(-Margin, Verdict.Exceeded)]
    public void A_truth_on_the_edge_is_called_outside_in_a_fortieth(double shift, Verdict verdict) =>
        Near(0.025, Frequency(shift)[verdict]);

    [Theory]
    [InlineData(2.0, Verdict.NotReplicated)]
    [InlineData(-2.0, Verdict.Exceeded)]
    public void A_large_shift_is_called_by_its_side(double shift, Verdict verdict) =>
        Assert.InRange(Frequency(shift)[verdict], 0.98, 1);

    private static Dictionary<Verdict, double> Frequency(double shift)
    {
        Random random = new(20260102);
        Dictionary<Verdict, double> counts = Enum.GetValues<Verdict>().ToDictionary(v => v, _ => 0.0);
        Claim claim = Sample.Claim(Published, Margin);
        for (int i = 0; i < Trials; i++)
        {
            double[] values = new double[3];
            Normal.Samples(random, values, Published + shift, Spread);
            counts[Judge.Of(claim, Sample.Runs(values)).Verdict] += 1.0 / Trials;
        }

        return counts;
    }

    /// <summary>
    /// Chance that the t interval of three normal values lies inside the margin, by an integral that shares nothing with the
    /// referee: with three values s²/σ² is exponential with mean 1, and independent of the mean.
    /// </summary>
    private static double ChanceInside(double shift)
    {
        const int Slices = 20_000;
        const double Quantile = 4.302652729749464;
        double standard = Spread / Math.Sqrt(3);
        double sum = 0;
        for (int i = 0; i < Slices; i++)
        {
            double s = Spread * Math.Sqrt(-Math.Log((i + 0.5) / Slices));
            double room = Margin - (Quantile * s / Math.Sqrt(3));
            if (room > 0)
            {
                sum += Normal.CDF(shift, standard, room) - Normal.CDF(shift, standard, -room);
            }
        }

        return sum / Slices;
    }

    /// <summary>Within four standard errors of a frequency over the trials.</summary>
    private static void Near(double expected, double frequency) =>
        Assert.InRange(frequency, expected - Bar(expected), expected + Bar(expected));

    private static double Bar(double p) => 4 * Math.Sqrt(p * (1 - p) / Trials);
}
