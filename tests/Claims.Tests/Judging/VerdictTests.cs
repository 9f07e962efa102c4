namespace Replications.Claims.Tests.Judging;

/// <summary>The table of verdicts, each planted; published 88.4 ± 0.5 nats unless said otherwise.</summary>
public sealed class VerdictTests
{
    [Fact]
    public void Interval_inside_the_margin_is_replicated()
    {
        Judgement judgement = Judge.Of(Sample.Claim(), Sample.Runs(88.3, 88.4, 88.5));
        Assert.Equal(Verdict.Replicated, judgement.Verdict);
        Assert.Equal(88.4, judgement.Value!.Value, 12);
        // t(0.975, 2) = 4.302653 and s = 0.1.
        Assert.Equal(88.4 - (4.302652729749 * 0.1 / Math.Sqrt(3)), judgement.Low!.Value, 9);
        Assert.Equal(88.4 + (4.302652729749 * 0.1 / Math.Sqrt(3)), judgement.High!.Value, 9);
        Assert.Equal("training seeds (95 % Student t), 3 seeds", judgement.IntervalKind);
        Assert.Equal(3, judgement.Seeds);
    }

    [Theory]
    [InlineData(Direction.Lower, Verdict.Exceeded)]
    [InlineData(Direction.Higher, Verdict.NotReplicated)]
    public void Wholly_below_is_better_only_where_lower_is(Direction direction, Verdict expected) =>
        Assert.Equal(expected, Judge.Of(Sample.Claim(direction: direction), Sample.Runs(80.0, 80.1, 80.2)).Verdict);

    [Theory]
    [InlineData(Direction.Lower, Verdict.NotReplicated)]
    [InlineData(Direction.Higher, Verdict.Exceeded)]
    public void Wholly_above_is_worse_only_where_lower_is_better(Direction direction, Verdict expected) =>
        Assert.Equal(expected, Judge.Of(Sample.Claim(direction: direction), Sample.Runs(95.0, 95.1, 95.2)).Verdict);

    [Theory]
    [InlineData(87.9)]
    [InlineData(88.9)]
    [InlineData(88.0)]
    public void Straddling_an_edge_is_inconclusive(double mean)
    {
        Judgement judgement = Judge.Of(Sample.Claim(), Sample.Runs(mean - 0.3, mean, mean + 0.3));
        Assert.Equal(Verdict.Inconclusive, judgement.Verdict);
        Assert.Contains("straddles", judgement.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_wider_than_the_margin_is_inconclusive() =>
        Assert.Equal(Verdict.Inconclusive, Judge.Of(Sample.Claim(), Sample.Runs(85, 88.4, 92)).Verdict);

    [Fact]
    public void Too_few_seeds_is_said()
    {
        Judgement judgement = Judge.Of(Sample.Claim(), Sample.Runs(88.4));
        Assert.Equal(Verdict.Inconclusive, judgement.Verdict);
        Assert.Equal("needs 3 seeds, has 1", judgement.Explanation);
        Assert.Equal("test points (±1.96 se), 1 seed", judgement.IntervalKind);
        Assert.Equal(88.4 - (1.96 * 0.2), judgement.Low!.Value, 12);
        Assert.Equal(88.4 + (1.96 * 0.2), judgement.High!.Value, 12);
    }

    [Fact]
    public void Two_seeds_where_three_are_asked_for_have_an_interval_but_no_verdict()
    {
        Judgement judgement = Judge.Of(Sample.Claim(), Sample.Runs(88.4, 88.41));
        Assert.Equal((Verdict.Inconclusive, "needs 3 seeds, has 2"), (judgement.Verdict, judgement.Explanation));
        Assert.StartsWith("training seeds", judgement.IntervalKind, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_is_never_an_interval_over_seeds_even_if_one_is_asked_for() =>
        Assert.Equal(Verdict.Inconclusive, Judge.Of(Sample.Claim(seeds: 1), Sample.Runs(88.4)).Verdict);

    [Theory]
    [InlineData(ErrorKind.MetricDraws, 0.2, "metric draws (±1.96 se), 1 seed")]
    [InlineData(ErrorKind.None, null, "none, 1 seed")]
    [InlineData(ErrorKind.TestPoints, null, "none, 1 seed")]
    public void The_bar_of_one_seed_is_called_what_it_is(ErrorKind kind, double? error, string expected)
    {
        StoredRun run = Sample.Run(Sample.Record(1, Sample.Measurement(88.4, error, kind)));
        Judgement judgement = Judge.Of(Sample.Claim(), [run]);
        Assert.Equal(expected, judgement.IntervalKind);
        Assert.Equal(error is null, judgement.Low is null);
    }

    [Theory]
    [InlineData(205.8, 0.5, 206.3, Verdict.Replicated)]
    [InlineData(205.8, 0.5, 205.3, Verdict.Replicated)]
    [InlineData(205.8, 0.5, 206.30001, Verdict.NotReplicated)]
    [InlineData(205.8, 0.5, 205.29999, Verdict.Exceeded)]
    [InlineData(4.70, 0.03, 4.64, Verdict.Exceeded)]
    [InlineData(8.00, 0.03, 8.0, Verdict.Replicated)]
    public void A_deterministic_value_is_exact_and_its_edges_are_decimal(double published, double margin, double value, Verdict expected)
    {
        StoredRun run = Sample.Run(Sample.Record(1, Sample.Measurement(value)) with { Deterministic = true });
        Judgement judgement = Judge.Of(Sample.Claim(published, margin), [run]);
        Assert.Equal(expected, judgement.Verdict);
        Assert.Equal(("exact", value, value), (judgement.IntervalKind, judgement.Low!.Value, judgement.High!.Value));
    }

    [Theory]
    [InlineData(88.4)]
    [InlineData(80)]
    [InlineData(95)]
    [InlineData(88.9)]
    public void An_unconfirmed_value_is_nothing_to_come_to_a_verdict_on(double mean)
    {
        StoredRun[] runs = Sample.Runs(mean - 0.1, mean, mean + 0.1);
        Judgement judgement = Judge.Of(Sample.Claim() with { Evidence = Evidence.Unconfirmed }, runs);
        Assert.Equal(Verdict.Inconclusive, judgement.Verdict);
        Assert.EndsWith("which no source that was read confirms", judgement.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("confirms", Judge.Of(Sample.Claim(), runs).Explanation, StringComparison.Ordinal);
    }

    /// <summary>Seeds added until the interval fits, and seeds put in the place of others, would each come to a verdict of their own.</summary>
    [Theory]
    [InlineData("1 2 3 4", "declared over seeds 1 to 3, judged are 1, 2, 3, 4")]
    [InlineData("1 3 7", "declared over seeds 1 to 3, judged are 1, 3, 7")]
    [InlineData("2 3", "needs 3 seeds, has 2")]
    [InlineData("1 2 3", null)]
    public void Other_seeds_than_the_declared_ones_have_no_verdict(string seeds, string? why)
    {
        long[] all = [.. seeds.Split(' ').Select(long.Parse)];
        Judgement judgement = Judge.Of(Sample.Claim(), [.. all.Select(s => Sample.Run(Sample.Record(s, Sample.Measurement(88.4 + (0.01 * s)))))]);
        Assert.Equal(why is null ? Verdict.Replicated : Verdict.Inconclusive, judgement.Verdict);
        Assert.True(why is null || judgement.Explanation == why, judgement.Explanation);
        Assert.Equal(all.Length, judgement.Seeds);
    }

    [Theory]
    [InlineData("", false, "seed 2 was made from no commit that git could name")]
    [InlineData("0123abc", true, "seed 2 was made from files that differed from commit 0123abc")]
    public void What_traces_to_no_commit_has_no_verdict(string commit, bool dirty, string why)
    {
        StoredRun[] runs = Sample.Runs(88.3, 88.4, 88.5);
        runs[1] = Sample.Run(runs[1].Record! with { Commit = commit, Dirty = dirty });
        Judgement judgement = Judge.Of(Sample.Claim(), runs);
        Assert.Equal((Verdict.Inconclusive, why), (judgement.Verdict, judgement.Explanation));

        // So does a run that began so and was taken up from a commit.
        RunRecord whole = Sample.Record(2, Sample.Measurement(88.4));
        runs[1] = Sample.Run(whole with { Earlier = [new EarlierPart(500, commit, dirty, "A processor", whole.Engine)] });
        Assert.Equal(why, Judge.Of(Sample.Claim(), runs).Explanation);
    }

    [Fact]
    public void A_verdict_over_products_of_fewer_digits_says_so()
    {
        StoredRun[] runs = [.. Sample.Runs(88.3, 88.4, 88.5).Select(r => Sample.Run(r.Record! with { Engine = r.Record.Engine with { Precision = Precisions.BFloat16 } }))];
        Assert.EndsWith("; products in bfloat16", Judge.Of(Sample.Claim(), runs).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scaled_down_recipe_has_a_number_and_no_verdict()
    {
        StoredRun run = Sample.Run(Sample.Record(1, Sample.Measurement(60)) with { Reduced = true });
        Judgement judgement = Judge.Of(Sample.Claim(), [run]);
        Assert.Equal((Verdict.Reduced, 60.0), (judgement.Verdict, judgement.Value!.Value));
    }
}
