using System.Text.Json.Nodes;

namespace Replications.Claims.Tests.Results;

public sealed class DocketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_claim_that_was_never_run_is_a_row_and_a_failure()
    {
        VerdictTable table = Docket().Judge(Sample.Noon);
        VerdictRow row = Assert.Single(table.Rows);
        Assert.Equal((Verdict.Missing, 3), (row.Judgement.Verdict, row.Runs.Count));
        Assert.Equal(ExitCode.Failure, table.Exit);
    }

    [Fact]
    public void Stored_seeds_are_judged_when_none_are_asked_for_and_missing_ones_surface_when_they_are()
    {
        Store(1, 88.4);
        VerdictTable stored = Docket().Judge(Sample.Noon);
        Assert.Equal("needs 3 seeds, has 1", stored.Rows[0].Judgement.Explanation);
        Assert.Equal(ExitCode.Success, stored.Exit);

        VerdictTable asked = (Docket() with { Asked = [.. new long[] { 1, 2, 3 }.Select(Key)] }).Judge(Sample.Noon);
        Assert.Equal(Verdict.Missing, asked.Rows[0].Judgement.Verdict);
        Assert.Equal("seed 2: never run; seed 3: never run; 1 of 3 seeds succeeded", asked.Rows[0].Judgement.Explanation);
    }

    /// <summary>Neither a command nor <c>--seeds</c> picks the seeds that came out well.</summary>
    [Fact]
    public void A_stored_seed_that_was_not_asked_for_is_judged_with_the_others()
    {
        Store(1, 88.4);
        Store(Sample.Record(2) with { State = RunState.Failed, Reason = "a fault" });
        VerdictTable table = (Docket() with { Asked = [Key(1)] }).Judge(Sample.Noon);
        Assert.Equal((Verdict.Failed, "seed 2: a fault; 1 of 2 seeds succeeded"), (table.Rows[0].Judgement.Verdict, table.Rows[0].Judgement.Explanation));
    }

    [Fact]
    public void A_run_left_out_on_purpose_says_why_and_is_still_missing()
    {
        VerdictTable table = (Docket() with { Asked = [Key(1)], LeftOut = new Dictionary<RunKey, string> { [Key(1)] = "needs a GPU" } }).Judge(Sample.Noon);
        Assert.Equal((Verdict.Missing, "seed 1: needs a GPU"), (table.Rows[0].Judgement.Verdict, table.Rows[0].Judgement.Explanation));
        Assert.Equal(ExitCode.Failure, table.Exit);
    }

    [Fact]
    public void A_number_that_was_written_otherwise_is_the_same_number()
    {
        Store(Sample.Record(1, Sample.Measurement(88.4)) with { Recipe = JsonNode.Parse("""{"hidden":8e3,"learningRate":1e-02,"optimiser":"adagrad"}""")!.AsObject() });
        ExperimentDescription now = Description() with { Recipes = new Dictionary<string, JsonObject> { ["paper"] = new() { ["hidden"] = 8000, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" } } };
        Assert.Equal(Verdict.Inconclusive, (Docket() with { Experiments = [now] }).Judge(Sample.Noon).Rows[0].Judgement.Verdict);
    }

    [Theory]
    [InlineData(8000, 0, 0, null)]
    [InlineData(500, 0, 0, "hidden: 8000 -> 500")]
    [InlineData(8000, 0.1, 0.1, null)]
    [InlineData(8000, 0.5, 0.1, "decay: 0.1 -> 0.5")]
    public void A_run_of_a_recipe_that_was_changed_since_has_no_verdict(int hidden, double decay, double before, string? outdated)
    {
        Store(1, 88.4);
        JsonObject now = new() { ["hidden"] = hidden, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" };
        JsonObject defaults = new() { ["hidden"] = 8000, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" };
        if (decay > 0)
        {
            now["decay"] = decay;
            defaults["decay"] = before;
        }

        ExperimentDescription described = new("made", "mnist-1x8000-1mask", "", "mnist-fixed", ["paper"], [], false, "cpu")
        {
            Recipes = new Dictionary<string, JsonObject> { ["paper"] = now },
            Defaults = defaults,
        };
        VerdictRow row = Assert.Single((Docket() with { Experiments = [described] }).Judge(Sample.Noon).Rows);
        Assert.Equal(outdated is null ? Verdict.Inconclusive : Verdict.Failed, row.Judgement.Verdict);
        Assert.EndsWith(outdated ?? "needs 3 seeds, has 1", row.Judgement.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_by_hand_is_not_held_against_a_run_and_a_constant_that_is_gone_is()
    {
        RunRecord record = Sample.Record(1) with { Reduced = true, Overrides = new JsonObject { ["hidden"] = 8000 } };
        ExperimentDescription Described(JsonObject now) => new("made", "mnist-1x8000-1mask", "", "mnist-fixed", ["paper"], [], false, "cpu")
        {
            Recipes = new Dictionary<string, JsonObject> { ["paper"] = now },
        };
        Assert.Null(Described(new JsonObject { ["hidden"] = 1, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" }).Outdated(record));
        Assert.Equal("optimiser: \"adagrad\" -> (absent)", Described(new JsonObject { ["hidden"] = 1, ["learningRate"] = 0.01 }).Outdated(record));
        // Unless it came to the paper's recipe that way, which is what its verdict is about.
        Assert.Equal("hidden: 8000 -> 1", Described(new JsonObject { ["hidden"] = 1, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" }).Outdated(record with { Reduced = false }));
        // Where the profile's recipe is scaled down itself, the paper's is not among those that are known.
        Assert.Null((Described(new JsonObject { ["hidden"] = 1, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" }) with { Reduced = ["paper"] }).Outdated(record with { Reduced = false }));
    }

    /// <summary>Seed 1 was made before the constant came, seed 2 after.</summary>
    [Fact]
    public void A_record_older_than_a_constant_is_averaged_with_younger_ones()
    {
        Store(1, 88.4);
        RunRecord younger = Sample.Record(2, Sample.Measurement(88.5)).Completed(new JsonObject { ["decay"] = 1 });
        Store(younger);
        ExperimentDescription described = new("made", "mnist-1x8000-1mask", "", "mnist-fixed", ["paper"], [], false, "cpu")
        {
            Recipes = new Dictionary<string, JsonObject> { ["paper"] = younger.Recipe.DeepClone().AsObject() },
            Defaults = new JsonObject { ["decay"] = 1 },
        };
        VerdictRow row = Assert.Single((Docket() with { Experiments = [described] }).Judge(Sample.Noon).Rows);
        Assert.Equal("needs 3 seeds, has 2", row.Judgement.Explanation);
    }

    [Fact]
    public void A_comparison_takes_any_recipe()
    {
        Store(1, 88.4);
        ExperimentDescription described = new("made", "mnist-1x8000-1mask", "", "mnist-fixed", ["paper"], [], false, "cpu")
        {
            Recipes = new Dictionary<string, JsonObject> { ["paper"] = new JsonObject { ["hidden"] = 500 } },
        };
        Assert.Equal(88.4, Assert.Single((Docket() with { Experiments = [described], AnyRecipe = true }).Judge(Sample.Noon).Rows).Judgement.Value);
    }

    [Fact]
    public void An_experiment_outside_the_profile_is_not_expected_in_it() =>
        Assert.Empty((Docket() with { Profile = "quick" }).Judge(Sample.Noon).Rows);

    [Fact]
    public void Where_the_replication_cannot_be_asked_every_claim_is_expected() =>
        Assert.Single((Docket() with { Profile = "quick", Experiments = [] }).Judge(Sample.Noon).Rows);

    [Fact]
    public void A_claim_on_an_experiment_that_does_not_exist_is_a_problem()
    {
        VerdictTable table = (Docket() with { Claims = [Sample.Claim() with { Experiment = "typo" }] }).Judge(Sample.Noon);
        Assert.Equal(["claim made/mnist-1x8000-1mask: made has no experiment 'typo'"], table.Problems);
        Assert.Equal(ExitCode.Failure, table.Exit);
    }

    [Fact]
    public void An_experiment_without_claims_is_expected_all_the_same()
    {
        Store(1, 88.4);
        VerdictTable table = (Docket() with { Experiments = [Description(), Description() with { Experiment = "imputation" }] }).Judge(Sample.Noon);
        Assert.Equal("imputation", Assert.Single(table.OtherRuns).Key.Experiment);
        Assert.Equal(ExitCode.Failure, table.Exit);
    }

    [Fact]
    public void Interrupted_runs_alone_are_told_by_the_exit_code()
    {
        Store(1, 88.4, RunState.Interrupted);
        Assert.Equal(ExitCode.Interrupted, Docket().Judge(Sample.Noon).Exit);
        Assert.Equal(ExitCode.Failure, (Docket() with { Problems = ["glow was not built"] }).Judge(Sample.Noon).Exit);
    }

    [Fact]
    public void The_summary_row_has_the_numbers_and_the_command_of_all_seeds()
    {
        Store(1, 88.3);
        Store(2, 88.4);
        Store(3, 88.5);
        SummaryRow row = Docket().Judge(Sample.Noon).Rows[0].ToSummary();
        Assert.Equal("./run-all.sh run --profile paper --only made/mnist-1x8000-1mask --seeds 3 --device cpu --threads 2 --fresh", row.Command);
        Assert.Equal(
            ("paper", "made", "lower", 3, 88.4, 0.5, "replicated", 3 * 3600.5, "0123456789abcdef0123456789abcdef01234567"),
            (row.Profile, row.Replication, row.Direction, row.Seeds, row.Published, row.Margin, row.Verdict, row.Seconds, row.Commit));
    }

    [Fact]
    public void The_command_of_several_seeds_says_what_all_were_computed_with()
    {
        Store(1, 88.3);
        RunRecord other = Sample.Record(2, Sample.Measurement(88.4));
        Store(other with { Engine = other.Engine with { Threads = 4 } });
        string Command() => Docket().Judge(Sample.Noon).Rows[0].ToSummary().Command;
        Assert.Equal("./run-all.sh run --profile paper --only made/mnist-1x8000-1mask --seeds 2 --device cpu --fresh", Command());

        RunRecord first = Sample.Record(1, Sample.Measurement(88.3));
        Store(first with { Engine = first.Engine with { Precision = Precisions.BFloat16 } });
        Store(other with { Engine = other.Engine with { Precision = Precisions.BFloat16, Device = "cuda:0" } });
        Assert.Equal("./run-all.sh run --profile paper --only made/mnist-1x8000-1mask --seeds 2 --precision bfloat16 --fresh", Command());
    }

    [Fact]
    public void The_summary_row_names_the_commits_of_all_parts_of_a_run()
    {
        RunRecord run = Sample.Record(1, Sample.Measurement(88.4));
        Store(run with { Earlier = [new EarlierPart(500, "fedcba9", true, "A processor", run.Engine)] });
        Assert.Equal("fedcba9+dirty 0123456789abcdef0123456789abcdef01234567", Docket().Judge(Sample.Noon).Rows[0].ToSummary().Commit);
    }

    [Fact]
    public void The_command_of_seeds_some_of_which_failed_keeps_the_others()
    {
        Store(1, 88.3);
        Store(2, 88.4, RunState.Failed);
        Assert.DoesNotContain("--fresh", Docket().Judge(Sample.Noon).Rows[0].ToSummary().Command, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_of_what_is_missing_keeps_what_there_is()
    {
        VerdictRow row = Docket().Judge(Sample.Noon).Rows[0];
        Assert.Equal(Verdict.Missing, row.Judgement.Verdict);
        Assert.DoesNotContain("--fresh", row.ToSummary().Command, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_of_an_interrupted_run_goes_on_where_it_stopped()
    {
        Store(1, 88.4, RunState.Interrupted);
        Assert.Equal(
            "./run-all.sh run --profile paper --only made/mnist-1x8000-1mask --seeds 1 --device cpu --threads 2",
            Docket().Judge(Sample.Noon).Rows[0].ToSummary().Command);
    }

    private static RunKey Key(long seed) => new("paper", "made", "mnist-1x8000-1mask", seed);

    private void Store(long seed, double value, RunState state = RunState.Succeeded) =>
        Store(Sample.Record(seed, Sample.Measurement(value)) with { State = state });

    private void Store(RunRecord record) => Sample.Store(_folder.Path, record);

    private Docket Docket() => new()
    {
        Profile = "paper",
        Claims = [Sample.Claim()],
        Experiments = [Description()],
        Results = new ResultsTree(_folder.Path),
    };

    private static ExperimentDescription Description() => new(
        "made", "mnist-1x8000-1mask", "MADE", "mnist-fixed", ["paper"], [], false, "cpu");
}
