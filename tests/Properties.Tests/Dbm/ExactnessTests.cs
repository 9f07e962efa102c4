using Replications.Dbm;
using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using Replications.Rbm;
using TorchSharp;

namespace Replications.Properties.Tests.Dbm;

/// <summary>A deep Boltzmann machine beside sums over all of its states.</summary>
public class ExactnessTests
{
    public static TheoryData<int[]> Sizes => SmallMachine.TwoAndThree;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_layer_given_its_neighbours_is_that_of_the_joint_distribution(int[] sizes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var small = new SmallMachine(sizes);
        double[] p = [.. small.MinusEnergy().Select(Math.Exp)];
        torch.Tensor[] states = small.AllStates();
        for (int l = 0; l < sizes.Length; l++)
        {
            float[] stated = small.Machine.Logits(l, states).sigmoid().contiguous().data<float>().ToArray();
            for (int unit = 0; unit < sizes[l]; unit++)
            {
                int bit = 1 << (small.First(l) + unit);
                double[] all = new double[p.Length], on = new double[p.Length];
                for (int state = 0; state < p.Length; state++)
                {
                    int others = state & ~small.Mask(l);
                    all[others] += p[state];
                    on[others] += (state & bit) == 0 ? 0 : p[state];
                }

                for (int state = 0; state < p.Length; state++)
                    Assert.Equal(on[state & ~small.Mask(l)] / all[state & ~small.Mask(l)], stated[(state * sizes[l]) + unit], 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Chains_have_the_moments_of_the_machine(int[] sizes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var small = new SmallMachine(sizes);
        using var random = new BernoulliSource(4);
        torch.Tensor[] units = small.Machine.Gibbs([.. sizes.Select(s => torch.zeros(8000, s))], 60, random).Units;
        torch.Tensor drawn = torch.cat(units, 1).to(torch.ScalarType.Float64);
        double logZ = small.LogZ();
        torch.Tensor p = torch.tensor([.. small.MinusEnergy().Select(f => Math.Exp(f - logZ))]), states = BoltzmannMachine.States(small.Units);
        torch.Tensor exact = (states * p.unsqueeze(1)).t().matmul(states), found = drawn.t().matmul(drawn) / 8000;
        // Pairs within a layer and between layers; 8,000 draws: five standard errors are 0.028.
        Assert.InRange((exact - found).abs().max().ToDouble(), 0, 0.028);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_bound_never_exceeds_the_likelihood_and_no_update_lowers_it(int[] sizes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var small = new SmallMachine(sizes);
        torch.Tensor v = BoltzmannMachine.States(sizes[0]).to(torch.ScalarType.Float32);
        double[] exact = small.LogUnnormalised(), before = [.. exact.Select(_ => double.NegativeInfinity)];
        foreach (int updates in new[] { 1, 2, 5, 200 })
        {
            var field = new MeanField(small.Machine, updates, 1e-7);
            double[] bound = field.Bound(v, field.Solve(v).Logits);
            Assert.All(exact.Zip(bound), pair => Assert.True(pair.Second <= pair.First + 1e-9, $"{pair}"));
            Assert.All(before.Zip(bound), pair => Assert.True(pair.Second >= pair.First - 1e-6, $"{updates} updates: {pair}"));
            before = bound;
        }

        // Units of h1 and h2 depend on each other: a product cannot say all.
        Assert.InRange(exact.Average() - before.Average(), 0.01, 2);
    }

    [Fact]
    public void The_bound_is_the_likelihood_where_the_posterior_is_a_product()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var rbm = new SmallMachine([5, 4]);
        using var apart = new SmallMachine([5, 4, 3]);
        apart.Machine.W(2).zero_();
        foreach (SmallMachine small in new[] { rbm, apart })
        {
            torch.Tensor v = BoltzmannMachine.States(5).to(torch.ScalarType.Float32);
            var field = new MeanField(small.Machine, 10, 1e-7);
            double[] bound = field.Bound(v, field.Solve(v).Logits);
            Assert.All(small.LogUnnormalised().Zip(bound), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Annealing_finds_the_sum_over_all_states(int[] sizes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var small = new SmallMachine(sizes, deviation: 1.2);
        double exact = small.LogZ();
        long kept = DeepBoltzmannMachine.Odd(small.Machine.Biases).Sum(b => b.shape[0]);
        int inside = 0;
        for (int trial = 0; trial < 100; trial++)
        {
            using IDisposable part = torch.NewDisposeScope();
            using var random = new BernoulliSource(trial);
            BipartiteMachine path = small.Machine.Annealed(torch.full(kept, 0.3f), random);
            if (trial == 0)
                Assert.Equal(exact, path.ExactLogZ(), 1e-9);
            LogPartition z = new AnnealedImportanceSampling(path, (_, _) => { }).Estimate(AnnealingSchedule.Uniform(60));
            inside += z.Contains(exact) ? 1 : 0;
        }

        Assert.InRange(inside, 95, 100);
    }
}
