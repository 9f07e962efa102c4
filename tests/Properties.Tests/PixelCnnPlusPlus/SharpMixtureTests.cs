using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>
/// Where a bin has less than 1e-5 of a logistic the official code takes the density at its middle times its width. With a = (1 / 255) / scale and u scales between
/// middle and mean the bin has sinh a / (cosh u + cosh a), and a / (1 + cosh u) is taken: in the tails, where the two differ by the factor a / sinh a, too little.
/// A tail's bins shrink by exp(-2a) from one to the next and begin below 1e-5, so that each of the two tails lacks at most
/// 1e-5 (1 - a / sinh a) / (1 - exp(-2a)): both together 1.42e-7 at a log-scale of -3, 1.24e-5 at -6.5 and 1.77e-5 at -7, the least that is taken. A sharp
/// mixture's probabilities are too low by as much, not too high.
/// </summary>
public class SharpMixtureTests
{
    private const int K = Mixtures.K;
    private const double LeastMass = 1e-5, HalfBin = 1.0 / 255;

    /// <summary>To twelve digits, once what is lacking is counted bin by bin; at -0.5 nothing is.</summary>
    [Theory]
    [InlineData(-0.5, 0.0, 0.0)]
    [InlineData(-3.0, 1e-9, 1.43e-7)]
    [InlineData(-6.5, 1e-8, 1.24e-5)]
    [InlineData(-9.0, 1e-9, 1.77e-5)]
    public void Sums_over_values_lack_what_the_densities_leave_out(double logScale, double least, double most)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(6);
        torch.Tensor parameters = torch.randn([1, 3 * K, 1, 1], torch.ScalarType.Float64) * 0.3;
        parameters.narrow(1, 2 * K, K).fill_(logScale);
        torch.Tensor x = LogisticMixture.Scale(torch.arange(256, torch.ScalarType.Float64)).reshape(256, 1, 1, 1);
        double sum = (-new LogisticMixture(K, 1).Nll(parameters.expand(256, -1, 1, 1), x)).exp().sum().ToDouble();
        double lacking = Lacking(parameters.data<double>().ToArray());
        Assert.InRange(lacking, least, most);
        Assert.Equal(1 - lacking, sum, 1e-12);
    }

    /// <summary>Each colour's sum, those after it summed away, is the probability of the colours before it but for as much as one sum may lack.</summary>
    [Theory]
    [InlineData(-3.0, 1.43e-7)]
    [InlineData(-6.5, 1.24e-5)]
    [InlineData(-9.0, 1.77e-5)]
    public void Sums_over_a_colour_given_those_before_lack_no_more_than_one_colour_may(double logScale, double most)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(7);
        torch.Tensor parameters = Mixtures.Parameters(0);
        foreach (int first in Small.LogScales(K, 3))
            parameters.narrow(1, first, K).fill_(logScale);
        // The middle of a component: what is nearly impossible would say nothing of sums.
        torch.Tensor noise = torch.full([1, 4], 0.5, torch.ScalarType.Float64);
        double[] drawn = new LogisticMixture(K, 3).Draw(parameters.reshape(1, -1), noise).data<double>().ToArray();
        (int red, int green) = ((int)drawn[0], (int)drawn[1]);
        int[] all = [.. Enumerable.Range(0, 256)];
        double ofRed = Mixtures.Margin(parameters, red, null), ofBoth = Mixtures.Margin(parameters, red, green);
        Assert.True(ofBoth > 1e-5);
        Check(Mixtures.Probability(parameters, [.. all.Select(blue => (red, green, blue))]).Sum() / ofBoth, 1);
        Check(Mixtures.Probability(parameters, [.. all.SelectMany(g => all.Select(b => (red, g, b)))]).Sum() / ofRed, 2);
        Check(all.Sum(r => Mixtures.Margin(parameters, r, null)), 1);

        void Check(double sum, int colours) => Assert.InRange(sum, 1 - (colours * most), 1 + 1e-10);
    }

    /// <summary>By how much densities fall short of the bins that they stand for, of a grey mixture.</summary>
    private static double Lacking(double[] p)
    {
        double total = Enumerable.Range(0, K).Sum(k => Math.Exp(p[k])), lacking = 0;
        for (int k = 0; k < K; k++)
        {
            double scale = Math.Exp(Math.Max(p[(2 * K) + k], -7)), a = HalfBin / scale;
            // Bins at the ends reach to infinity and have no density.
            for (int value = 1; value < 255; value++)
            {
                double u = (((value - 127.5) / 127.5) - p[K + k]) / scale;
                double mass = Math.Sinh(a) / (Math.Cosh(u) + Math.Cosh(a));
                if (mass <= LeastMass)
                    lacking += Math.Exp(p[k]) / total * (mass - (a / (1 + Math.Cosh(u))));
            }
        }

        return lacking;
    }
}
