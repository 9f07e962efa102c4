using System.Text.Json.Nodes;

namespace Replications.Claims.Tests.Judging;

/// <summary>Faults planted among the runs: none may look like a number.</summary>
public sealed class TroubleTests
{
    [Fact]
    public void No_run_at_all_is_missing() => Assert.Equal(Verdict.Missing, Judge.Of(Sample.Claim(), []).Verdict);

    [Theory]
    [InlineData(RunOutcome.Missing, Verdict.Missing)]
    [InlineData(RunOutcome.UnderWay, Verdict.Missing)]
    [InlineData(RunOutcome.Failed, Verdict.Failed)]
    [InlineData(RunOutcome.Diverged, Verdict.Diverged)]
    [InlineData(RunOutcome.Interrupted, Verdict.Interrupted)]
    public void One_bad_seed_among_good_ones_surfaces(RunOutcome outcome, Verdict expected)
    {
        Judgement judgement = Judge.Of(Sample.Claim(), [.. Sample.Runs(88.3, 88.4, 88.5), Sample.Bad(4, outcome, "the reason")]);
        Assert.Equal(expected, judgement.Verdict);
        Assert.True(judgement.Verdict.IsFailure());
        Assert.Null(judgement.Value);
        Assert.Equal("seed 4: the reason; 3 of 4 seeds succeeded", judgement.Explanation);
    }

    [Fact]
    public void Of_several_troubles_the_gravest_names_the_verdict_and_all_are_told()
    {
        Judgement judgement = Judge.Of(Sample.Claim(),
        [
            Sample.Bad(1, RunOutcome.Missing, "never run"), Sample.Bad(2, RunOutcome.Interrupted, "stopped"),
            Sample.Bad(3, RunOutcome.Diverged, "loss is NaN at step 7"), Sample.Bad(4, RunOutcome.Failed, "disk full"),
        ]);
        Assert.Equal(Verdict.Failed, judgement.Verdict);
        Assert.Equal("seed 1: never run; seed 2: stopped; seed 3: loss is NaN at step 7; seed 4: disk full", judgement.Explanation);
    }

    [Fact]
    public void An_absent_metric_is_a_failure_that_names_it()
    {
        MeasurementRecord other = Sample.Measurement(88.4) with { Split = "valid" };
        Judgement judgement = Judge.Of(Sample.Claim(), [Sample.Run(Sample.Record(1, other))]);
        Assert.Equal(Verdict.Failed, judgement.Verdict);
        Assert.Equal("seed 1: recorded no nll on test (selected); it recorded nll on valid (selected)", judgement.Explanation);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_a_failure(double value)
    {
        Judgement judgement = Judge.Of(Sample.Claim(), Sample.Runs(88.4, value, 88.4));
        Assert.Equal(Verdict.Failed, judgement.Verdict);
        Assert.Contains("seed 2", judgement.Explanation, StringComparison.Ordinal);
        Assert.Contains("not finite", judgement.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_another_unit_or_data_set_is_no_number()
    {
        RunRecord unit = Sample.Record(1, Sample.Measurement(0.16) with { Unit = "bits/dim" });
        Assert.Contains("the claim is in nats", Judge.Of(Sample.Claim(), [Sample.Run(unit)]).Explanation, StringComparison.Ordinal);

        RunRecord data = Sample.Record(1, Sample.Measurement(88.4)) with { Data = [new DataRecord("mnist-dynamic", "test", 1, "")] };
        Judgement judgement = Judge.Of(Sample.Claim(), [Sample.Run(data)]);
        Assert.Equal((Verdict.Failed, "seed 1: read mnist-dynamic; the claim is about mnist-fixed"), (judgement.Verdict, judgement.Explanation));
    }

    [Fact]
    public void A_metric_recorded_twice_is_a_failure() =>
        Assert.Equal(
            Verdict.Failed,
            Judge.Of(Sample.Claim(), [Sample.Run(Sample.Record(1, Sample.Measurement(88.4), Sample.Measurement(88.5)))]).Verdict);

    [Fact]
    public void Seeds_that_read_different_data_are_not_averaged()
    {
        RunRecord other = Sample.Record(2, Sample.Measurement(88.5)) with { Data = [new DataRecord("mnist-fixed", "test", 10_000, new string('c', 64))] };
        Judgement judgement = Judge.Of(Sample.Claim(), [Sample.Run(1, 88.4), Sample.Run(other)]);
        Assert.Equal((Verdict.Failed, "seeds 1 and 2 read different data"), (judgement.Verdict, judgement.Explanation));
    }

    [Fact]
    public void Seeds_of_different_precisions_are_not_averaged()
    {
        RunRecord other = Sample.Record(2, Sample.Measurement(88.5));
        other = other with { Engine = other.Engine with { Precision = Precisions.BFloat16 } };
        Judgement judgement = Judge.Of(Sample.Claim(), [Sample.Run(1, 88.4), Sample.Run(other)]);
        Assert.Equal((Verdict.Failed, "seeds 1 and 2 were run in float32 and bfloat16"), (judgement.Verdict, judgement.Explanation));
    }

    [Fact]
    public void Seeds_that_all_give_the_same_number_were_not_heeded()
    {
        Judgement judgement = Judge.Of(Sample.Claim(), Sample.Runs(88.4, 88.4, 88.4));
        Assert.Equal(Verdict.Failed, judgement.Verdict);
        Assert.StartsWith("3 seeds gave 88.4 to the last digit", judgement.Explanation, StringComparison.Ordinal);
        Assert.Equal(Verdict.Replicated, Judge.Of(Sample.Claim(), Sample.Runs(88.4, 88.4, 88.41)).Verdict);
    }

    /// <summary>A share of right answers may be the same twice; weights are not.</summary>
    [Fact]
    public void A_run_that_stands_for_two_seeds_is_not_averaged()
    {
        StoredRun[] Runs(params string[] weights) =>
            [.. Sample.Runs(88.4, 88.4, 88.41).Select((r, i) => r with { Record = r.Record! with { Weights = [new WeightsRecord("last.safetensors", weights[i])] } })];
        Judgement judgement = Judge.Of(Sample.Claim(), Runs("aa", "bb", "aa"));
        Assert.Equal((Verdict.Failed, "seeds 1 and 3 ended with the same weights to the last bit: one run, counted 2 times"), (judgement.Verdict, judgement.Explanation));
        Assert.Equal(Verdict.Replicated, Judge.Of(Sample.Claim(), Runs("aa", "bb", "cc")).Verdict);
    }

    [Fact]
    public void A_number_over_part_of_the_split_is_not_the_claims()
    {
        MeasurementRecord part = Sample.Measurement(88.4) with { Count = 9984 };
        Judgement judgement = Judge.Of(Sample.Claim(), [Sample.Run(Sample.Record(1, part))]);
        Assert.Equal((Verdict.Failed, "seed 1: nll on test (selected) is over 9984 of the split's 10000 points"), (judgement.Verdict, judgement.Explanation));
        Assert.Equal(Verdict.Reduced, Judge.Of(Sample.Claim(), [Sample.Run(Sample.Record(1, part) with { Reduced = true })]).Verdict);
        // Draws are as many as the metric's protocol says.
        Assert.Equal(Verdict.Inconclusive, Judge.Of(Sample.Claim(), [Sample.Run(Sample.Record(1, part with { ErrorKind = ErrorKind.MetricDraws }))]).Verdict);
    }

    [Fact]
    public void Seeds_of_different_recipes_are_not_averaged()
    {
        RunRecord other = Sample.Record(2, Sample.Measurement(88.4)) with { Recipe = new JsonObject { ["hidden"] = 500 } };
        Judgement judgement = Judge.Of(Sample.Claim(), [Sample.Run(1, 88.4), Sample.Run(other)]);
        Assert.Equal((Verdict.Failed, "seeds 1 and 2 were run with different recipes"), (judgement.Verdict, judgement.Explanation));
    }

    [Fact]
    public void An_experiment_called_deterministic_must_be()
    {
        StoredRun[] runs = [.. Sample.Runs(88.4, 88.41).Select(r => r with { Record = r.Record! with { Deterministic = true } })];
        Judgement judgement = Judge.Of(Sample.Claim(), runs);
        Assert.Equal((Verdict.Failed, "declared deterministic, but seed 1 gave 88.4 and seed 2 gave 88.41"), (judgement.Verdict, judgement.Explanation));
    }

    /// <summary>Two machines, or two numbers of threads, differ in their last bits.</summary>
    [Theory]
    [InlineData(205.79327766620102, 205.79327766620105, true)]
    [InlineData(205.79327766620102, 205.7932779, false)]
    public void An_experiment_called_deterministic_may_round_otherwise_elsewhere(double here, double there, bool same)
    {
        StoredRun[] runs = [.. Sample.Runs(here, there).Select(r => r with { Record = r.Record! with { Deterministic = true } })];
        Assert.Equal(same, Judge.Of(Sample.Claim(), runs).Verdict != Verdict.Failed);
    }

    [Fact]
    public void Only_what_has_no_number_fails_the_suite() =>
        Assert.Equal(
            [Verdict.Missing, Verdict.Failed, Verdict.Diverged, Verdict.Interrupted],
            Enum.GetValues<Verdict>().Where(v => v.IsFailure()));
}
