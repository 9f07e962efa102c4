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
        using var machine = new RestrictedBoltzmannMachine(5, 4, torch.CPU);
        torch.manual_seed(3);
        torch.nn.init.normal_(machine.W, 0, 0.5);
        int made = 0;
        AnnealedPartition Partition() => new(
            random =>
            {
                made++;
                return machine.Annealed(torch.zeros(5), random);
            },
            AnnealingSchedule.Uniform(20), runs: 10, doublings: 1);
        AnnealedPartition partition = Partition();
        DoublingCheck first = partition.At(At(1, 100));
        Assert.Same(first, partition.At(At(1, 100)));
        Assert.Equal(1, made);
        // As in a run that was stopped between two splits.
        Assert.Equal(first, Partition().At(At(1, 100)));
        Assert.NotEqual(first, partition.At(At(1, 200)));
        Assert.NotEqual(first, partition.At(At(2, 100)));
        Assert.Equal(4, made);
    }

    [Fact]
    public void What_is_reported_says_how_far_it_can_be_trusted()
    {
        var coarse = new LogPartition(10, 9.7, 10.3, 50, 100, 1000);
        var agrees = new DoublingCheck(coarse, coarse with { Value = 10.1, Upper = 10.4, Steps = 2000 });
        Assert.Equal("nll", AnnealedPartition.Name("nll", agrees));
        Assert.Equal(
            [("ln_z", 10), ("ln_z_doubled", 10.1), ("ln_z_upper", 10.3), ("annealing_steps", 1000), ("effective_runs", 50), ("ln_z_lower", 9.7)],
            AnnealedPartition.Measurements(agrees).Select(m => (m.Metric, m.Value)));

        var open = new DoublingCheck(coarse, coarse with { Value = 12, Lower = double.NegativeInfinity, Upper = 14, Steps = 2000 });
        Assert.Equal("nll_unreliable", AnnealedPartition.Name("nll", open));
        IReadOnlyList<Measurement> reported = AnnealedPartition.Measurements(open);
        Assert.Equal(12, reported[0].Value);
        Assert.DoesNotContain(reported, m => m.Metric == "ln_z_lower");
    }

    private static EvaluationContext At(long seed, long step) => new(seed, step, final: true, (_, _) => { }, CancellationToken.None);
}
