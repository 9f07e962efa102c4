using Replications.Metrics.Bounds;

namespace Replications.Metrics.Tests.Bounds;

/// <summary>h ~ N(0,1), x | h ~ N(2h, 0.25): the evidence is N(x; 0, 4.25) and the posterior N(2x/4.25, 0.25/4.25), both exact.</summary>
public class ImportanceWeightedBoundTests
{
    private const double Slope = 2, Noise = 0.25, Evidence = (Slope * Slope) + Noise;
    private static readonly double[] Points = [-3.1, 0, 0.7, 4.2];

    [Fact]
    public void With_the_true_posterior_one_sample_gives_the_evidence()
    {
        var bound = Bound(samples: 1, variance: Noise / Evidence);
        for (int i = 0; i < Points.Length; i++)
            Assert.Equal(LogNormal(Points[i], 0, Evidence), bound.PerPoint()[i], 10);
    }

    [Fact]
    public void With_a_wider_proposal_many_samples_give_the_evidence()
    {
        // The weights' coefficient of variation is below 1 here, so 40,000 samples leave an error near 0.005.
        var bound = Bound(samples: 40_000, variance: 2 * Noise / Evidence);
        for (int i = 0; i < Points.Length; i++)
            Assert.Equal(LogNormal(Points[i], 0, Evidence), bound.PerPoint()[i], 0.02);
    }

    [Fact]
    public void The_bound_rises_from_the_exact_ELBO_to_the_evidence()
    {
        double variance = 3 * Noise / Evidence;
        double evidence = Points.Average(x => LogNormal(x, 0, Evidence));
        // KL(N(m, 3v) | N(m, v)) = (3 - 1 - ln 3)/2 is what the ELBO lacks.
        double elbo = evidence - ((3 - 1 - Math.Log(3)) / 2);
        double one = Repeated(samples: 1, variance), five = Repeated(samples: 5, variance), fifty = Repeated(samples: 50, variance);
        Assert.Equal(elbo, one, 0.03);
        Assert.True(one < five && five < fifty && fifty < evidence + 0.01, $"{one} {five} {fifty} {evidence}");
    }

    [Fact]
    public void Unequal_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ImportanceWeightedBound(1).Add([0], [0, 0]));

    private static double Repeated(int samples, double variance) =>
        Enumerable.Range(0, 4000).Average(seed => Bound(samples, variance, seed).Mean().Value);

    private static ImportanceWeightedBound Bound(int samples, double variance, int seed = 1)
    {
        var random = new Random(seed);
        var bound = new ImportanceWeightedBound(Points.Length);
        for (int k = 0; k < samples; k++)
        {
            double[] joint = new double[Points.Length], proposal = new double[Points.Length];
            for (int i = 0; i < Points.Length; i++)
            {
                double mean = Slope * Points[i] / Evidence;
                double h = mean + (Math.Sqrt(variance) * Normal(random));
                joint[i] = LogNormal(h, 0, 1) + LogNormal(Points[i], Slope * h, Noise);
                proposal[i] = LogNormal(h, mean, variance);
            }

            bound.Add(joint, proposal);
        }

        return bound;
    }

    private static double LogNormal(double x, double mean, double variance) =>
        -0.5 * (((x - mean) * (x - mean) / variance) + Math.Log(2 * Math.PI * variance));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
