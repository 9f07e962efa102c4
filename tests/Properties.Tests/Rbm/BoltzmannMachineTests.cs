using Replications.Rbm;
using TorchSharp;

namespace Replications.Properties.Tests.Rbm;

/// <summary>The textbook machine at a size where everything can be written down.</summary>
public class BoltzmannMachineTests
{
    [Theory]
    [InlineData(5, 0)]
    [InlineData(4, 3)]
    public void Probabilities_sum_to_one_and_the_exact_gradient_is_that_of_finite_differences(int visible, int hidden)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using BoltzmannMachine machine = Made(visible, hidden);
        Assert.Equal(1, machine.LogProbability(BoltzmannMachine.States(visible)).exp().sum().ToDouble(), 10);
        torch.Tensor data = Data(visible);
        (torch.Tensor l, torch.Tensor a) = machine.ExactGradient(data);
        const double Step = 1e-5;
        double Likelihood() => machine.LogProbability(data).mean().ToDouble();
        for (int i = 0; i < visible + hidden; i++)
        {
            machine.A[i] = machine.A[i] + Step;
            double up = Likelihood();
            machine.A[i] = machine.A[i] - (2 * Step);
            double down = Likelihood();
            machine.A[i] = machine.A[i] + Step;
            Assert.Equal((up - down) / (2 * Step), a[i].ToDouble(), 1e-7);
            for (int j = 0; j < i; j++)
            {
                void Move(double by)
                {
                    machine.L[i, j] = machine.L[i, j] + by;
                    machine.L[j, i] = machine.L[j, i] + by;
                }

                Move(Step);
                up = Likelihood();
                Move(-2 * Step);
                down = Likelihood();
                Move(Step);
                Assert.Equal((up - down) / (2 * Step), l[i, j].ToDouble(), 1e-7);
                Assert.Equal(l[i, j].ToDouble(), l[j, i].ToDouble(), 12);
            }
        }

        Assert.Equal(0, l.diagonal().abs().sum().ToDouble());
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(4, 3)]
    public void The_Gibbs_gradient_is_the_exact_one_up_to_noise(int visible, int hidden)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using BoltzmannMachine machine = Made(visible, hidden);
        torch.Tensor data = Data(visible).repeat(200, 1);
        torch.Tensor chains = torch.full(4000, visible + hidden, 0.5, dtype: torch.ScalarType.Float64).bernoulli();
        (torch.Tensor l, torch.Tensor a) = machine.ExactGradient(data);
        (torch.Tensor gl, torch.Tensor ga) = machine.GibbsGradient(data, chains, sweeps: 30);
        // 4,000 draws on either side leave a standard error of at most 0.011; five of them.
        Assert.InRange((l - gl).abs().max().ToDouble(), 1e-9, 0.056);
        Assert.InRange((a - ga).abs().max().ToDouble(), 1e-9, 0.056);
    }

    /// <summary>At the maximum of the likelihood a fully visible machine has the data's own moments; hidden units then fit what pairs cannot say.</summary>
    [Fact]
    public void Learning_matches_moments_and_hidden_units_learn_what_pairs_cannot_say()
    {
        using IDisposable scope = torch.NewDisposeScope();
        // The parity of three units: every pair is independent.
        torch.Tensor states = BoltzmannMachine.States(3);
        torch.Tensor parity = states[states.sum(dim: 1).remainder(2) == 0];
        using BoltzmannMachine pairs = Made(3, 0), deep = Made(3, 3);
        for (int step = 0; step < 3000; step++)
        {
            pairs.Climb(pairs.ExactGradient(parity), 0.5);
            deep.Climb(deep.ExactGradient(parity), 0.5);
        }

        Assert.InRange(pairs.ExactGradient(parity).L.abs().max().ToDouble(), 0, 1e-6);
        Assert.Equal(-3 * Math.Log(2), pairs.LogProbability(parity).mean().ToDouble(), 1e-6);
        // Four states at best: -2 ln 2.
        Assert.InRange(deep.LogProbability(parity).mean().ToDouble(), -1.7, -2 * Math.Log(2));
    }

    private static BoltzmannMachine Made(int visible, int hidden)
    {
        torch.manual_seed(3);
        var machine = new BoltzmannMachine(visible, hidden);
        machine.Initialise(0.7);
        return machine;
    }

    private static torch.Tensor Data(int visible) =>
        (torch.rand(20, visible, dtype: torch.ScalarType.Float64) < torch.rand(visible, dtype: torch.ScalarType.Float64)).to(torch.ScalarType.Float64);
}
