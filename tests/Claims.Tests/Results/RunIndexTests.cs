namespace Replications.Claims.Tests.Results;

/// <summary>What was recorded once stays recorded, or is withdrawn aloud.</summary>
public sealed class RunIndexTests : IDisposable
{
    private const string Experiment = "made,mnist-1x8000-1mask";

    private readonly TemporaryFolder _folder = new();

    private static string Declared => Sample.Claim().Declaration;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_without_a_list_has_none() => Assert.Null(RunIndex.Of(_folder.Path));

    [Fact]
    public void Recorded_runs_that_are_there_and_listed_are_judged()
    {
        Store(1, 2, 3);
        VerdictTable table = Judged(Row(1), Row(2), Row(3));
        Assert.Equal(Verdict.Replicated, table.Rows[0].Judgement.Verdict);
        Assert.Empty(table.Withdrawn);
    }

    /// <summary>Else a verdict that nobody likes goes away with its runs, as one that was never run.</summary>
    [Fact]
    public void A_recorded_run_that_is_gone_fails()
    {
        Store(1, 3);
        Assert.Equal(
            (Verdict.Failed, "seed 2: was recorded, says index.csv, and is not there: put it back, or say in the list why it is withdrawn; 2 of 3 seeds succeeded"),
            VerdictOf(Judged(Row(1), Row(2), Row(3))));
        Directory.Delete(Path.Combine(_folder.Path, "paper"), recursive: true);
        VerdictTable empty = Judged(Row(1), Row(2), Row(3));
        Assert.Equal((Verdict.Failed, ExitCode.Failure), (empty.Rows[0].Judgement.Verdict, empty.Exit));
    }

    [Fact]
    public void A_run_without_a_claim_that_is_gone_fails()
    {
        VerdictTable table = Judged("paper,made,another,1,,,,");
        Assert.Equal((RunOutcome.Failed, "another"), (Assert.Single(table.OtherRuns).Outcome, table.OtherRuns[0].Key.Experiment));
    }

    [Fact]
    public void A_run_that_is_not_listed_fails_and_says_what_to_add()
    {
        Store(1, 2, 3);
        (Verdict verdict, string explanation) = VerdictOf(Judged(Row(1), Row(2)));
        Assert.Equal(Verdict.Failed, verdict);
        Assert.Contains($"this is to be added: {Row(3)}", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_withdrawn_may_go_and_is_told()
    {
        VerdictTable table = Judged(Row(1) + "another recipe; its verdict was exceeded");
        Assert.Equal(Verdict.Missing, table.Rows[0].Judgement.Verdict);
        Assert.Equal("another recipe; its verdict was exceeded", Assert.Single(table.Withdrawn).Withdrawn);

        // Another run in its place is listed besides.
        Store(1, 2, 3);
        Assert.Equal(Verdict.Replicated, Judged(Row(1) + "another recipe", Row(1), Row(2), Row(3)).Rows[0].Judgement.Verdict);
        Assert.Equal(Verdict.Failed, Judged(Row(1) + "another recipe", Row(2), Row(3)).Rows[0].Judgement.Verdict);
    }

    /// <summary>A run that did not end well is what it says itself.</summary>
    [Fact]
    public void An_interrupted_run_need_not_be_listed()
    {
        Store(1, 2);
        Store(Sample.Record(3) with { State = RunState.Interrupted });
        VerdictTable table = Judged(Row(1), Row(2));
        Assert.Equal((Verdict.Interrupted, ExitCode.Interrupted), (table.Rows[0].Judgement.Verdict, table.Exit));
    }

    [Fact]
    public void A_withdrawn_run_that_is_still_there_fails()
    {
        Store(1, 2, 3);
        Assert.StartsWith(
            "seed 3: is withdrawn in index.csv and still there", Judged(Row(1), Row(2), Row(3) + "leaked").Rows[0].Judgement.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_says_other_than_the_record_fails()
    {
        Store(Sample.Record(1, Sample.Measurement(88.4)) with { Declared = [Declared] });
        Assert.Equal("needs 3 seeds, has 1", Judged(Row(1)).Rows[0].Judgement.Explanation);
        string other = Row(1).Replace("take 0.5", "take 5", StringComparison.Ordinal);
        Assert.StartsWith("seed 1: was not held to 'made/mnist-1x8000-1mask: nll on test with selected weights, give or take 5 nats", Judged(other).Rows[0].Judgement.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_asks_for_no_list()
    {
        Store(1, 2, 3);
        Assert.Equal(Verdict.Replicated, (Docket() with { AnyRecipe = true }).Judge(Sample.Noon).Rows[0].Judgement.Verdict);
    }

    [Fact]
    public void The_line_to_add_is_read_back_whatever_is_in_it()
    {
        Claim claim = Sample.Claim() with { Unit = "\"nats\", each" };
        Docket docket = Docket(RunIndex.Line(new RunKey("paper", "made", "mnist-1x8000-1mask", 3_000_000_000), claim));
        Assert.Equal((claim.Declaration, 3_000_000_000), (docket.Index!.Rows[0].Declared, docket.Index.Rows[0].Key.Seed));
    }

    /// <summary>Records from before runs wrote down what they are held to.</summary>
    [Fact]
    public void A_margin_that_was_widened_since_gets_no_verdict()
    {
        Store(1, 2, 3);
        Docket docket = Docket(Row(1), Row(2), Row(3));
        VerdictTable table = (docket with { Claims = [Sample.Claim(margin: 0.6)] }).Judge(Sample.Noon);
        Assert.Equal(Verdict.Failed, table.Rows[0].Judgement.Verdict);
        Assert.Contains("began under", table.Rows[0].Judgement.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_value_that_was_corrected_since_is_said()
    {
        Store(1, 2, 3);
        VerdictTable table = (Docket(Row(1), Row(2), Row(3)) with { Claims = [Sample.Claim(published: 88.3)] }).Judge(Sample.Noon);
        Assert.Equal(Verdict.Replicated, table.Rows[0].Judgement.Verdict);
        Assert.EndsWith("; the published value was 88.4 when seed 3 was recorded", table.Rows[0].Judgement.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slow,made,x,1,,,,", ":2, column profile")]
    [InlineData("paper,,x,1,,,,", ":2, column replication")]
    [InlineData("paper,made,x,one,,,,", ":2, column seed")]
    [InlineData("paper,made,x,1,made/x,,88.4,", ":2, column claim")]
    [InlineData("paper,made,x,1,made/x,something,88;4,", ":2, column published")]
    [InlineData("paper,made,x,1,,,,\npaper,made,x,1,,,,", ":3, column seed")]
    public void Bad_input_names_line_and_column(string rows, string where) =>
        Assert.Contains(where, Assert.Throws<InvalidDataException>(() => Docket(rows)).Message, StringComparison.Ordinal);

    private static string Row(long seed) => FormattableString.Invariant($"paper,{Experiment},{seed},made/mnist-1x8000-1mask,\"{Declared}\",88.4,");

    private static (Verdict Verdict, string Explanation) VerdictOf(VerdictTable table) => (table.Rows[0].Judgement.Verdict, table.Rows[0].Judgement.Explanation);

    private void Store(params long[] seeds)
    {
        foreach (long seed in seeds)
        {
            Store(Sample.Record(seed, Sample.Measurement(88.3 + (0.05 * seed))));
        }
    }

    private void Store(RunRecord record) => Sample.Store(_folder.Path, record);

    private VerdictTable Judged(params string[] rows) => Docket(rows).Judge(Sample.Noon);

    private Docket Docket(params string[] rows)
    {
        _folder.File(RunIndex.Name, $"{string.Join(',', RunIndex.Columns)}\n{string.Join('\n', rows)}\n");
        return new Docket
        {
            Profile = "paper",
            Claims = [Sample.Claim()],
            Experiments = [new ExperimentDescription("made", "mnist-1x8000-1mask", "MADE", "mnist-fixed", ["paper"], [], false, "cpu")],
            Results = new ResultsTree(_folder.Path),
            Index = RunIndex.Of(_folder.Path),
        };
    }
}
