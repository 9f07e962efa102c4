using Replications.Metrics.Units;
using Replications.PixelCnnPlusPlus;
using TorchSharp;
using static Replications.Properties.Tests.PixelCnnPlusPlus.Mixtures;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

public class LogisticMixtureTests
{
    /// <summary>
    /// p(r, g, b) summed over the 256 values of one colour, those after it summed away one by one, is the probability of those before it: the sum over b
    /// is p(r, g), that over g then p(r), and that over r is one. Scales are such that no bin falls back to a density, whose sums are a little less
    /// (<see cref="SharpMixtureTests"/>).
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Probabilities_sum_to_one_over_each_colour_given_those_before(int seed)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(seed);
        torch.Tensor parameters = Parameters(-0.5);
        double Sum(Func<int, (int Red, int Green, int Blue)> values) =>
            Probability(parameters, [.. Enumerable.Range(0, 256).Select(values)]).Sum();
        // p(g | r) p(r) by summing blue, for every green.
        double[] greens = [.. Enumerable.Range(0, 256).Select(g => Sum(b => (77, g, b)))];
        double red = Margin(parameters, 77, null), green = Margin(parameters, 77, 191);
        Assert.Equal(red, greens.Sum(), 1e-12);
        Assert.Equal(green, greens[191], 1e-12);
        Assert.Equal(1, Enumerable.Range(0, 256).Sum(r => Margin(parameters, r, null)), 1e-12);
    }

    /// <summary>Written out with doubles, value by value and component by component, from the formulas of sections 2.1 and 2.2.</summary>
    [Theory]
    [InlineData(-1.0)]
    [InlineData(-6.5)]
    public void Likelihoods_are_those_of_an_independent_computation(double logScale)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        torch.Tensor parameters = Parameters(logScale);
        double[] p = parameters.data<double>().ToArray();
        (int, int, int)[] pixels = [(0, 0, 0), (255, 255, 255), (0, 255, 1), (254, 1, 128), (12, 130, 250), (127, 128, 127)];
        double[] actual = Probability(parameters, pixels);
        for (int i = 0; i < pixels.Length; i++)
        {
            double expected = 0, total = Enumerable.Range(0, K).Sum(k => Math.Exp(p[k]));
            for (int k = 0; k < K; k++)
                expected += Math.Exp(p[k]) / total * Pixel(p, k, pixels[i]);
            Assert.Equal(Math.Log(expected), Math.Log(actual[i]), 1e-9);
        }
    }

    /// <summary>
    /// One component with mean 0 and scale 1 at two grey pixels. Value 0 has s(-254/255) = 0.269713, 1.89050 bits; value 128 has
    /// s(2/255) - s(0) = 0.00196077, 8.99436 bits: 5.44243 for each dimension.
    /// </summary>
    [Fact]
    public void Bits_for_each_dimension_are_those_worked_by_hand()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor x = LogisticMixture.Scale(torch.tensor([0.0, 128.0]).reshape(1, 1, 1, 2));
        double nll = new LogisticMixture(1, 1).Nll(torch.zeros([1, 3, 1, 2], torch.ScalarType.Float64), x).ToDouble();
        Assert.Equal(5.44243, BitsPerDim.OfDiscrete(nll, 2), 1e-5);
    }

    /// <summary>Green follows red and blue follows both; nothing goes the other way.</summary>
    [Fact]
    public void Colours_depend_on_those_before_them_alone()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(2);
        torch.Tensor x = LogisticMixture.Scale(torch.randint(0, 256, [1, 3, 1, 1]).to(torch.ScalarType.Float64)).requires_grad_();
        torch.Tensor summary = new LogisticMixture(K, 3).Summary(Parameters(-1), x).reshape(3);
        for (int to = 0; to < 3; to++)
        {
            torch.Tensor? gradient = torch.autograd.grad([summary[to]], [x], retain_graph: true, allow_unused: true)[0];
            for (int from = 0; from < 3; from++)
            {
                double influence = gradient is null ? 0 : gradient.reshape(3)[from].ToDouble();
                Assert.Equal(from < to, Math.Abs(influence) > 1e-9);
            }
        }
    }

    [Fact]
    public void Values_come_with_their_probabilities()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        const int Draws = 40_000;
        torch.Tensor parameters = Parameters(-1);
        torch.Tensor drawn = new LogisticMixture(K, 3).Draw(parameters.reshape(1, -1).expand(Draws, 10 * K), torch.rand([Draws, 4], torch.ScalarType.Float64));
        double[] values = drawn.data<double>().ToArray();
        Assert.All(values, v => Assert.True(v is >= 0 and <= 255 && v == Math.Round(v)));
        // Red in eight ranges, and green in eight ranges where red lies in the first half.
        double[] reds = [.. Enumerable.Range(0, 256).Select(r => Margin(parameters, r, null))];
        for (int range = 0; range < 8; range++)
        {
            bool In(double v) => (int)v / 32 == range;
            Check(reds.Where((_, r) => In(r)).Sum(), Enumerable.Range(0, Draws).Count(n => In(values[3 * n])));
        }

        double both = Enumerable.Range(0, 128).Sum(r => Enumerable.Range(0, 128).Sum(g => Margin(parameters, r, g)));
        Check(both, Enumerable.Range(0, Draws).Count(n => values[3 * n] < 128 && values[(3 * n) + 1] < 128));

        // Five standard deviations of a binomial count.
        static void Check(double p, int count) => Assert.Equal(Draws * p, count, (5 * Math.Sqrt(Draws * p * (1 - p))) + 1);
    }

    [Fact]
    public void Noise_at_its_ends_gives_the_ends()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor noise = torch.tensor([0.5f, 0f, 0.5f, 0.9999999f]).reshape(1, 4);
        float[] drawn = new LogisticMixture(1, 3).Draw(torch.zeros(1, 10), noise).data<float>().ToArray();
        Assert.Equal([0f, 128f, 255f], drawn);
    }
}
