using Replications.Boltzmann;
using Replications.Metrics.Annealing;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Boltzmann;

/// <summary>ln Z of a machine in training: made once for a step, the same when it has to be made again, reported under its own name when it fails.</summary>
public class AnnealedPartitionTests
{
    [Fact]
    public void It_is_made_once_for_a_seed_and_a_step_and_again_the_same()
    {
        using var machine = new RestrictedBoltzmannMachine(30, 24, torch.CPU);
        torch.manual_seed(3);
        torch.nn.init.normal_(machine.W, 0, 0.1);
        int made = 0;
        AnnealedPartition Partition() => new(
            random =>
            {
                made++;
                return machine.Annealed(torch.zeros(30), random);
            },
            AnnealingSchedule.Uniform(20), runs: 10, doublings: 1);
        AnnealedPartition partition = Partition();
        PartitionEstimate first = partition.At(At(1, 100));
        Assert.Same(first, partition.At(At(1, 100)));
        Assert.Equal(1, made);
        // As in a run that was stopped between two splits.
        Assert.Equal(first.Measurements, Partition().At(At(1, 100)).Measurements);
        Assert.NotEqual(first.Value, partition.At(At(1, 200)).Value);
        Assert.NotEqual(first.Value, partition.At(At(2, 100)).Value);
        Assert.Equal(4, made);
    }

    [Fact]
    public void What_can_be_enumerated_is()
    {
        using var machine = new RestrictedBoltzmannMachine(30, 4, torch.CPU);
        PartitionEstimate z = new AnnealedPartition(random => machine.Annealed(torch.zeros(30), random), AnnealingSchedule.Uniform(2), runs: 2, doublings: 1).At(At(1, 1));
        Assert.Equal(34 * Math.Log(2), z.Value, 9);
        Assert.True(z.IsExact);
        Assert.Equal(("nll", "ln_z"), (z.Name("nll"), Assert.Single(z.Measurements).Metric));
    }

    [Fact]
    public void What_is_reported_says_how_far_it_can_be_trusted()
    {
        var coarse = new LogPartition(10, 9.7, 10.3, 50, 100, 1000);
        LogPartition fine = coarse with { Value = 10.1, Upper = 10.4, Steps = 2000 };
        PartitionEstimate agrees = PartitionEstimate.Of(new DoublingCheck(coarse, fine));
        Assert.Equal("nll", agrees.Name("nll"));
        Assert.Equal(
            [("ln_z", 10.1), ("ln_z_half_steps", 10), ("ln_z_upper", 10.4), ("annealing_steps", 2000), ("effective_runs", 50), ("ln_z_lower", 9.7)],
            agrees.Measurements.Select(m => (m.Metric, m.Value)));

        PartitionEstimate open = PartitionEstimate.Of(new DoublingCheck(coarse, fine with { Value = 12, Lower = double.NegativeInfinity, Upper = 14 }));
        Assert.Equal("nll_unreliable", open.Name("nll"));
        Assert.Equal(12, open.Value);
        Assert.DoesNotContain(open.Measurements, m => m.Metric == "ln_z_lower");
    }

    private static EvaluationContext At(long seed, long step) => new(seed, step, final: true, (_, _) => { }, CancellationToken.None);
}
