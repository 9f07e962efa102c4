using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Metrics.Sampling;
using Replications.Rbm;
using Replications.Training.Seeds;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Rbm;

/// <summary>Where the states of the negative phase come from, beside the machine's exact distribution.</summary>
public class NegativePhaseTests
{
    /// <summary>Chains that go on long enough have the moments of the machine, whatever moves them.</summary>
    [Theory]
    [InlineData(NegativePhaseKind.Persistent)]
    [InlineData(NegativePhaseKind.ParallelTempering)]
    public void Chains_have_the_moments_of_the_machine(NegativePhaseKind kind)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using RestrictedBoltzmannMachine machine = Random(deviation: 0.8);
        using var random = new BernoulliSource(4);
        using NegativePhase phase = (new RbmRecipe { NegativePhase = kind, Chains = 4000, Temperatures = 4 }).Phase(machine);
        phase.Start(random);
        torch.Tensor v = machine.B;
        for (int i = 0; i < 40; i++)
        {
            v = phase.Draw(torch.zeros(1, 5), 1, random);
            phase.Keep();
        }

        // 4,000 draws: four standard errors are 0.032.
        Assert.InRange((v.mean([0]) - ExactMeans(machine)).abs().max().ToDouble(), 0, 0.032);
    }

    /// <summary>Between two far modes Gibbs chains stay where they began; tempered ones find the balance.</summary>
    [Fact]
    public void Tempered_chains_cross_between_modes_where_Gibbs_chains_stay()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var machine = new RestrictedBoltzmannMachine(8, 1, torch.CPU);
        machine.W.fill_(5);
        machine.B.fill_(-2.4);
        machine.C.fill_(-20);
        torch.Tensor exact = ExactMeans(machine);
        double Off(NegativePhaseKind kind)
        {
            using var random = new BernoulliSource(4);
            using NegativePhase phase = (new RbmRecipe { NegativePhase = kind, Chains = 1000, Temperatures = 8 }).Phase(machine);
            phase.Start(random);
            torch.Tensor v = machine.B;
            for (int i = 0; i < 300; i++)
            {
                v = phase.Draw(torch.zeros(1, 1), 1, random);
                phase.Keep();
            }

            return (v.mean([0]) - exact).abs().max().ToDouble();
        }

        double gibbs = Off(NegativePhaseKind.Persistent), tempered = Off(NegativePhaseKind.ParallelTempering);
        Assert.InRange(tempered, 0, 0.1);
        Assert.True(gibbs > 3 * tempered, $"Gibbs is off by {gibbs}, tempering by {tempered}");
    }

    [Theory]
    [InlineData(NegativePhaseKind.ContrastiveDivergence, 1)]
    [InlineData(NegativePhaseKind.ContrastiveDivergence, 5)]
    [InlineData(NegativePhaseKind.Persistent, 1)]
    [InlineData(NegativePhaseKind.ParallelTempering, 1)]
    public void Each_learns_and_is_the_same_again(NegativePhaseKind kind, int steps)
    {
        (double first, double last) = Likelihoods(kind, steps);
        // Independent units have the entropy of the means at best; the pairs are worth half a nat.
        Assert.True(last > first + 0.4, $"from {first} to {last}");
        Assert.Equal((first, last), Likelihoods(kind, steps));
    }

    private static (double First, double Last) Likelihoods(NegativePhaseKind kind, int steps)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var random = new Random(1);
        byte[] bits = [.. Enumerable.Range(0, 200).SelectMany(_ =>
        {
            byte a = (byte)random.Next(2), b = (byte)random.Next(2);
            return new byte[] { a, a, a, b, b, (byte)(1 - b) };
        })];
        torch.Tensor all = torch.tensor(bits).reshape(200, 6);
        using var data = new DataSet("bits", new Dictionary<Split, torch.Tensor>
        {
            [Split.Train] = all.narrow(0, 0, 150).clone(),
            [Split.Valid] = all.narrow(0, 150, 25).clone(),
            [Split.Test] = all.narrow(0, 175, 25).clone(),
        });
        var recipe = new RbmRecipe { HiddenUnits = 5, NegativePhase = kind, GibbsSteps = steps, BatchSize = 25, Epochs = 60, Chains = 25, Temperatures = 4, Rate = 0.1 };
        using var subject = new RbmSubject(recipe, new SubjectContext(data, torch.CPU, 1));
        double Mean() => subject.LogProbability(data.Examples(Split.Train)).Average();
        torch.manual_seed(1);
        subject.Initialise(new StepContext(1, 0, subject.Schedule.StepsPerEpoch));
        double first = Mean();
        for (long step = 0; step < subject.Schedule.MaxSteps; step++)
        {
            torch.manual_seed(SeedSequence.Derive(1, step, Purpose.Step));
            subject.Step(new StepContext(1, step, subject.Schedule.StepsPerEpoch));
        }

        return (first, Mean());
    }

    private static RestrictedBoltzmannMachine Random(double deviation)
    {
        torch.manual_seed(2);
        var machine = new RestrictedBoltzmannMachine(6, 5, torch.CPU);
        machine.W.copy_(torch.randn(5, 6) * deviation);
        machine.B.copy_(torch.randn(6) * deviation);
        machine.C.copy_(torch.randn(5) * deviation);
        return machine;
    }

    private static torch.Tensor ExactMeans(RestrictedBoltzmannMachine machine)
    {
        using var random = new BernoulliSource(0);
        torch.Tensor space = BoltzmannMachine.States((int)machine.B.shape[0]).to(torch.ScalarType.Float32);
        var path = machine.Annealed(machine.B, random);
        double logZ = path.ExactLogZ();
        torch.Tensor p = torch.tensor([.. path.LogUnnormalised(space).Select(f => (float)Math.Exp(f - logZ))]);
        return p.unsqueeze(0).matmul(space).squeeze(0);
    }
}
