using Replications.Metrics.Annealing;
using Replications.Metrics.Averages;
using TorchSharp;

namespace Replications.Metrics.Tests.Annealing;

/// <summary>The estimator of ln Z beside ln Z by enumeration.</summary>
public class AnnealingTests
{
    [Fact]
    public void Enumeration_of_either_layer_and_of_the_whole_space_agree()
    {
        using var wide = new RandomMachine(1, x: 9, y: 4, deviation: 1.5, torch.ScalarType.Float64);
        using var turned = new RandomMachine(1, x: 9, y: 4, deviation: 1.5, torch.ScalarType.Float64);
        double whole = LogMeanExp.Of(wide.Machine.LogUnnormalised(wide.Space())) + (9 * Math.Log(2));
        Assert.Equal(whole, wide.Machine.ExactLogZ(), 10);
        using torch.Tensor w = turned.W.t().contiguous();
        using torch.Tensor none = torch.zeros(4, dtype: torch.ScalarType.Float64);
        var transposed = new BipartiteMachine(w, turned.C, turned.B, none, null!);
        Assert.Equal(whole, transposed.ExactLogZ(), 10);
    }

    /// <summary>
    /// The published interval is three standard errors wide on either side; machines of 8 to 14 hidden units and weights of this size need some hundred steps. A bias of a nat
    /// in any term of the weights would leave nearly no trial inside.
    /// </summary>
    [Fact]
    public void The_interval_covers_the_exact_value_in_95_of_100_trials()
    {
        int covered = 0;
        double error = 0;
        for (int seed = 1; seed <= 100; seed++)
        {
            using var random = new RandomMachine(seed, x: 24, y: 8 + (seed % 7), deviation: 0.6);
            double exact = random.Machine.ExactLogZ();
            LogPartition estimate = new AnnealedImportanceSampling(random.Machine, Silent).Estimate(AnnealingSchedule.Uniform(200));
            covered += estimate.Contains(exact) ? 1 : 0;
            error += estimate.Value - exact;
            Assert.True(estimate.Upper - estimate.Lower < 1, $"seed {seed}: an interval of {estimate.Lower} to {estimate.Upper} says nothing");
        }

        Assert.InRange(covered, 95, 100);
        Assert.InRange(error / 100, -0.02, 0.02);
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float64)]
    public void Twenty_hidden_units_with_the_published_kind_of_schedule(torch.ScalarType type)
    {
        using var random = new RandomMachine(5, x: 30, y: 20, deviation: 0.5, type);
        LogPartition estimate = new AnnealedImportanceSampling(random.Machine, Silent).Estimate(AnnealingSchedule.LikePublished(1450));
        Assert.True(estimate.Contains(random.Machine.ExactLogZ()), $"{estimate} beside {random.Machine.ExactLogZ()}");
        Assert.InRange(estimate.Upper - estimate.Lower, 0, 0.4);
    }

    [Fact]
    public void The_published_schedule_has_14500_steps_from_0_to_1()
    {
        IReadOnlyList<double> betas = AnnealingSchedule.Published.Betas;
        Assert.Equal(14_500, AnnealingSchedule.Published.Steps);
        Assert.Equal((0, 0.5, 0.9, 1), (betas[0], betas[500], betas[4500], betas[^1]));
        Assert.Equal(1e-3, betas[1] - betas[0], 12);
        Assert.Equal(1e-4, betas[501] - betas[500], 12);
        Assert.Equal(1e-5, betas[^1] - betas[^2], 12);
        Assert.All(betas.Zip(betas.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(betas, AnnealingSchedule.LikePublished(14_500).Betas);
        Assert.Equal(29_000, AnnealingSchedule.Published.Doubled().Steps);
    }

    /// <summary>Forward estimates err below, reverse ones above; together they hold the truth between them.</summary>
    [Fact]
    public void Forward_and_reverse_annealing_hold_the_exact_value_between_them()
    {
        double forward = 0, reverse = 0, truth = 0;
        for (int seed = 1; seed <= 10; seed++)
        {
            using var random = new RandomMachine(seed, x: 10, y: 8, deviation: 1.2);
            using IDisposable scope = torch.NewDisposeScope();
            var sampling = new AnnealedImportanceSampling(random.Machine, Silent);
            var schedule = AnnealingSchedule.Uniform(60);
            forward += sampling.Estimate(schedule, 2000).Value / 10;
            reverse += (random.Machine.BaseLogZ + sampling.Reverse(random.Exact(2000), schedule).Average()) / 10;
            truth += random.Machine.ExactLogZ() / 10;
        }

        Assert.InRange(forward, truth - 0.05, truth + 0.01);
        Assert.InRange(reverse, truth + 0.005, truth + 0.5);
    }

    [Fact]
    public void Reverse_annealing_of_a_point_gives_its_probability_from_below()
    {
        using var random = new RandomMachine(3, x: 8, y: 6, deviation: 1);
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor points = random.Exact(10);
        double[] exact = [.. random.Machine.LogUnnormalised(points).Select(f => f - random.Machine.ExactLogZ())];
        var sampling = new AnnealedImportanceSampling(random.Machine, Silent);
        const int Repeats = 400;
        double[] weights = sampling.Reverse(points.repeat_interleave(Repeats, 0), AnnealingSchedule.Uniform(300));
        double[] f = random.Machine.LogUnnormalised(points);
        double few = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            double[] terms = [.. weights.AsSpan(i * Repeats, Repeats).ToArray().Select(w => f[i] - random.Machine.BaseLogZ - w)];
            // Many chains find the point's probability; a single one stays below it in the mean.
            Assert.Equal(exact[i], LogMeanExp.Of(terms), 0.15);
            few += (exact[i] - terms.Average()) / exact.Length;
        }

        Assert.InRange(few, 0.001, 1);
    }

    [Fact]
    public void Doubling_passes_what_has_converged_and_flags_what_has_not()
    {
        using var easy = new RandomMachine(2, x: 20, y: 10, deviation: 0.5);
        var good = DoublingCheck.Refined(new AnnealedImportanceSampling(easy.Machine, Silent), AnnealingSchedule.Uniform(300), AnnealedImportanceSampling.PublishedRuns, doublings: 1);
        Assert.Null(good.Failure);
        Assert.True(good.Fine.Contains(easy.Machine.ExactLogZ()));

        // Two modes far apart and five steps to choose between them.
        using var hard = new RandomMachine(2, x: 20, y: 10, deviation: 6);
        var bad = DoublingCheck.Refined(new AnnealedImportanceSampling(hard.Machine, Silent), AnnealingSchedule.Uniform(5), AnnealedImportanceSampling.PublishedRuns, doublings: 1);
        Assert.NotNull(bad.Failure);
    }

    [Fact]
    public void An_estimate_less_certain_than_the_margin_fails_whatever_its_double_says()
    {
        var sure = new LogPartition(10, 9.9, 10.1, 50, 100, 1000);
        string? Failure(LogPartition coarse, LogPartition fine) => new DoublingCheck(coarse, fine).Failure;
        Assert.Null(Failure(sure, sure with { Value = 10.1, Lower = 10.0, Upper = 10.2 }));
        Assert.Contains("give or take 0.60", Failure(sure, sure with { Lower = 9.4 }), StringComparison.Ordinal);
        Assert.Contains("give or take 0.70", Failure(sure, sure with { Upper = 10.7 }), StringComparison.Ordinal);
        // Wide intervals that meet.
        Assert.Contains("10.00 with", Failure(sure with { Upper = 10.9 }, sure with { Value = 10.6, Lower = 10.2, Upper = 11 }), StringComparison.Ordinal);
        // Narrow ones that do not.
        Assert.NotNull(Failure(sure, sure with { Value = 10.3, Lower = 10.2, Upper = 10.4 }));
    }

    [Fact]
    public void The_same_stream_gives_the_same_estimate()
    {
        double Estimate()
        {
            using var random = new RandomMachine(7, x: 12, y: 5, deviation: 1);
            return new AnnealedImportanceSampling(random.Machine, Silent).Estimate(AnnealingSchedule.Uniform(20), 10).Value;
        }

        Assert.Equal(Estimate(), Estimate());
    }

    [Fact]
    public void Weights_so_uneven_that_the_interval_is_open_are_said_to_be()
    {
        var open = LogPartition.Of(10, [0, -50, -50, -50, -50], steps: 1);
        Assert.True(open.IsOpen);
        Assert.Equal(1, open.EffectiveRuns, 6);
        var closed = LogPartition.Of(10, [0, -0.1, 0.1, 0.05], steps: 1);
        Assert.False(closed.IsOpen);
        Assert.InRange(closed.Value, closed.Lower, closed.Upper);
        Assert.Throws<ArgumentException>(() => LogPartition.Of(0, [0, double.NaN], steps: 1));
    }

    private static void Silent(long done, long total)
    {
    }
}
