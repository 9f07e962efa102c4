using System.Globalization;
using System.Text.Json;
using Replications.Claims;
using Replications.Reporting.Markdown;

namespace Replications.Suite.Tests.Judging;

public sealed class VerifyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ru-RU")]
    public void The_summary_is_as_approved_in_every_culture(string culture)
    {
        using Bench bench = new();
        bench.Invoke("--only", Bench.Good, "--seeds", "2");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--only", Bench.Good));
            ApprovedText.Check("summary.csv", bench.Out);
            bench.Record("good", "exact");
            bench.Invoke("plan", "--only", Bench.Good, "--profile", "paper");
            ApprovedText.Check("plan.txt", bench.Out);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_claim_that_was_never_run_is_missing_and_fails()
    {
        using Bench bench = new();
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--only", "fake/good"));
        Assert.Contains("fake/good: missing: seed 1: never run", bench.Error, StringComparison.Ordinal);
        Assert.Contains(",missing,", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_that_are_asked_for_must_be_there()
    {
        using Bench bench = new();
        bench.Invoke("--only", "fake/good");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--only", "fake/good"));
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--only", "fake/good", "--seeds", "2"));
        Assert.Contains("seed 2: never run; 1 of 2 seeds succeeded", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_asks_for_verdicts_too()
    {
        using Bench bench = new();
        bench.Invoke("--only", "fake/good,fake/exact");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--only", "fake/exact", "--strict"));
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--only", "fake/good", "--strict"));
    }

    [Fact]
    public void A_value_on_the_better_side_is_not_let_pass_by_strict()
    {
        using Bench bench = new("exact");
        bench.Invoke("--only", "fake/exact");
        bench.File("replications/Fake/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + Bench.Row("exact").Replace(",1.25,", ",1.5,", StringComparison.Ordinal) + "\n");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--only", "fake/exact"));
        Assert.Contains("exceeded: ", bench.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--only", "fake/exact", "--strict"));
    }

    [Fact]
    public void The_ledger_is_judged_and_what_it_lacks_is_shown()
    {
        using Bench bench = new();
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger"));
        Assert.Contains("holds no recorded runs", bench.Error, StringComparison.Ordinal);

        bench.Invoke("--profile", "paper", "--only", "fake/exact", "--results", Path.Combine(bench.Results, "ledger"));
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger"));
        Assert.Contains("paper,fake,exact,fake/exact,", bench.Out, StringComparison.Ordinal);
        Assert.Contains("fake/good: missing", bench.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger", "--strict"));

        string page = Path.Combine(bench.Root, "README.md");
        bench.File("README.md", $"before\n{ResultTable.Begin}\n{ResultTable.End}\nafter\n");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger", "--into", page));
        Assert.Contains("| [`fake/exact`](replications/Fake/README.md) |", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, bench.Invoke("verify", "--ledger", "--into", "nowhere.md"));

        string written = File.ReadAllText(page);
        Assert.Equal(ExitCode.Usage, bench.Invoke("verify", "--ledger", "--only", "fake/good", "--into", page));
        Assert.Equal(ExitCode.Usage, bench.Invoke("verify", "--ledger", "--against", "nowhere.csv", "--into", page));
        Assert.Equal(written, File.ReadAllText(page));

        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger", "--profile", "paper"));
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger", "--profile", "quick"));
        Assert.Contains("holds no recorded runs of profile quick", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("status")]
    [InlineData("report")]
    public void A_results_folder_that_is_typed_must_be_there(string verb)
    {
        using Bench bench = new();
        string mistyped = Path.Combine(bench.Root, "resluts");
        Assert.Equal(ExitCode.Usage, bench.Invoke(verb, "--results", mistyped));
        Assert.Contains($"--results '{mistyped}': no such folder", bench.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(mistyped));
    }

    [Fact]
    public void A_recorded_run_that_cannot_be_read_or_failed_is_not_let_pass_as_never_recorded()
    {
        using Bench bench = new();
        bench.Record("exact", "good");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger"));
        string record = Path.Combine(bench.Results, "ledger", "paper", "fake", "exact", "seed-1", RunRecordFile.Name);
        string whole = File.ReadAllText(record);
        File.WriteAllText(record, whole[..(whole.Length / 2)]);
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger"));
        Assert.Contains("fake/exact: failed", bench.Error, StringComparison.Ordinal);

        File.WriteAllText(record, whole);
        RunRecordFile.Write(record, RunRecordFile.Read(record) with { State = RunState.Failed, Reason = "a fault" });
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger"));
        Assert.Contains("fake/exact: failed: seed 1: a fault", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",0.1,", ",0.2,", "give or take 0.1 nats, over 2 seeds', and now it is 'fake/good: nll on test with last weights, give or take 0.2 nats")]
    [InlineData(",cpu,2", ",cpu,3", "over 2 seeds', and now it is")]
    [InlineData("fake/good,", "fake/renamed,", "began before 'fake/renamed: ")]
    [InlineData(",1.25,", ",1.5,", null)]
    public void A_claim_that_was_changed_after_the_run_began_gets_no_verdict(string then, string now, string? refusal)
    {
        using Bench bench = new("good");
        bench.Invoke("--only", "fake/good", "--seeds", "2");
        bench.File("replications/Fake/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + Bench.Row("good").Replace(then, now, StringComparison.Ordinal) + "\n");
        Assert.Equal(refusal is null ? ExitCode.Success : ExitCode.Failure, bench.Invoke("verify", "--only", "fake/good"));
        Assert.Contains(refusal ?? "exceeded: ", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.25", 0, "1 values agree, 0 do not, 0 are new")]
    [InlineData("1.24", 1, "quick fake/exact nll on test (last): 1.25 is not 1.24 ± 0.001 nats (exact)")]
    [InlineData("1.26", 1, "quick fake/exact nll on test (last): 1.25 is not 1.26 ± 0.001 nats (exact)")]
    public void A_reference_must_be_met_in_both_directions(string value, int code, string message)
    {
        using Bench bench = new("exact");
        bench.Invoke("--only", "fake/exact");
        string reference = Path.Combine(bench.Root, "quick.csv");
        bench.File("quick.csv", string.Join(',', ReferenceTable.Columns) + $"\nquick,fake,exact,fake/exact,nll,test,last,{value},0.001,exact\n");
        Assert.Equal(code, bench.Invoke("verify", "--only", "fake/exact", "--against", reference));
        Assert.Contains(message, bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_run_that_was_taken_out_of_the_ledger_fails_unless_it_was_withdrawn()
    {
        using Bench bench = new("exact");
        bench.Invoke("--profile", "paper", "--only", "fake/exact", "--results", Path.Combine(bench.Results, "ledger"));
        void List(params string[] rows) => bench.File("results/ledger/index.csv", string.Join(',', RunIndex.Columns) + "\n" + string.Concat(rows));
        string Row(long seed, string withdrawn) =>
            FormattableString.Invariant($"paper,fake,exact,{seed},fake/exact,\"fake/exact: nll on test with last weights, give or take 0.1 nats, over 2 seeds\",1.25,{withdrawn}\n");
        List(Row(1, ""));
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger"));

        List(Row(1, ""), Row(2, ""));
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger"));
        Assert.Contains("seed 2: was recorded, says index.csv, and is not there", bench.Error, StringComparison.Ordinal);

        List(Row(1, ""), Row(2, "of another recipe; its verdict was exceeded"));
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger"));
        string page = Path.Combine(bench.Root, "page.md");
        bench.File("page.md", $"{ResultTable.Begin}\n{ResultTable.End}\n");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--ledger", "--into", page));
        Assert.Contains("`fake/exact`, seed 2, withdrawn: of another recipe; its verdict was exceeded", File.ReadAllText(page), StringComparison.Ordinal);

        List();
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--ledger"));
        Assert.Contains("is not listed in index.csv", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_without_a_reference_is_shown_as_the_row_to_add()
    {
        using Bench bench = new("exact", "good");
        bench.Invoke("--only", "fake/exact,fake/good");
        string reference = Path.Combine(bench.Root, "quick.csv");
        bench.File("quick.csv", string.Join(',', ReferenceTable.Columns) + "\nquick,fake,good,fake/good,nll,test,last,1.21,0.001,exact\n");
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--only", "fake/exact,fake/good", "--against", reference));
        Assert.Contains("quick,fake,exact,fake/exact,nll,test,last,1.25,,", bench.Error, StringComparison.Ordinal);
        // Of a part, that part's rows are asked for alone.
        Assert.Equal(ExitCode.Success, bench.Invoke("verify", "--only", "fake/good", "--against", reference));
    }

    [Theory]
    [InlineData("")]
    [InlineData("paper,fake,exact,fake/exact,nll,test,last,1.25,0.001,exact\n")]
    [InlineData("quick,fake,good,fake/good,nll,test,last,1.21,0.001,exact\n")]
    public void A_table_that_says_nothing_of_what_is_judged_is_refused(string rows)
    {
        using Bench bench = new("exact", "good");
        bench.Invoke("--only", "fake/exact,fake/good");
        bench.File("quick.csv", string.Join(',', ReferenceTable.Columns) + "\n" + rows);
        Assert.Equal(ExitCode.Usage, bench.Invoke("verify", "--only", "fake/exact", "--against", Path.Combine(bench.Root, "quick.csv")));
        Assert.Contains("it has no row for what is judged, of profile quick", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_that_is_not_there_is_a_wrong_command_line()
    {
        using Bench bench = new("exact");
        Assert.Equal(ExitCode.Usage, bench.Invoke("verify", "--against", "nowhere.csv"));
    }

    [Fact]
    public void Json_has_the_columns_and_the_explanation()
    {
        using Bench bench = new("exact");
        bench.Invoke("--only", "fake/exact");
        bench.Invoke("verify", "--only", "fake/exact", "--json");
        JsonElement row = JsonDocument.Parse(bench.Out).RootElement[0];
        Assert.Equal("replicated", row.GetProperty("summary").GetProperty("verdict").GetString());
        Assert.Contains("lies inside", row.GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_folders_are_compared_claim_by_claim()
    {
        using Bench bench = new("exact", "good");
        string other = Path.Combine(bench.Root, "other");
        bench.Invoke("--only", "fake/exact,fake/good");
        bench.Invoke("--only", "fake/exact", "--results", other);
        Assert.Equal(ExitCode.Success, bench.Invoke("compare", bench.Results, other, "--only", "fake/exact"));
        Assert.Equal(ExitCode.Failure, bench.Invoke("compare", bench.Results, other));
        Assert.Contains("none", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_folders_are_compared_seed_by_seed()
    {
        using Bench bench = new("good");
        string other = Path.Combine(bench.Root, "other");
        bench.Invoke("--only", "fake/good", "--seeds", "3");
        bench.Invoke("--only", "fake/good", "--seeds", "2-3", "--results", other);
        // A claim that was changed in between is compared all the same.
        bench.File("replications/Fake/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + Bench.Row("good").Replace(",0.1,", ",0.2,", StringComparison.Ordinal) + "\n");
        Assert.Equal(ExitCode.Success, bench.Invoke("compare", bench.Results, other, "--json"));
        JsonElement difference = JsonDocument.Parse(bench.Out).RootElement[0].GetProperty("difference");
        Assert.Equal((0, 2), (difference.GetProperty("mean").GetDouble(), difference.GetProperty("seeds").GetInt32()));
        Assert.Equal(0, difference.GetProperty("high").GetDouble());
    }

    [Fact]
    public void Two_folders_without_a_number_are_no_comparison()
    {
        using Bench bench = new("good");
        string empty = Directory.CreateDirectory(Path.Combine(bench.Root, "empty")).FullName;
        Assert.Equal(ExitCode.Failure, bench.Invoke("compare", empty, empty));
        bench.Invoke("--profile", "paper", "--seeds", "1", "--only", "fake/good");
        Assert.Equal(ExitCode.Failure, bench.Invoke("compare", bench.Results, empty));
        Assert.Contains("neither has a number of profile quick; A holds paper, B holds none", bench.Error, StringComparison.Ordinal);
    }

    /// <summary>No verdict, no skipping; but a comparison of before and after must have both.</summary>
    [Fact]
    public void A_run_of_a_recipe_that_was_changed_since_is_compared_and_not_judged()
    {
        using Bench bench = new("good");
        bench.Invoke("--only", "fake/good", "--set", "hiddenUnits=100");
        string record = Path.Combine(bench.Run("good").Folder, RunRecordFile.Name);
        RunRecordFile.Write(record, RunRecordFile.Read(record) with { Recipe = new() { ["hiddenUnits"] = "100", ["learningRate"] = 0.5 } });
        Assert.Equal(ExitCode.Success, bench.Invoke("compare", bench.Results, bench.Results, "--only", "fake/good"));
        Assert.DoesNotContain("none", bench.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, bench.Invoke("verify", "--only", "fake/good"));
        Assert.Contains("no longer the experiment's: learningRate: 0.5 -> 0.01", bench.Error, StringComparison.Ordinal);
        bench.Invoke("plan", "--only", "fake/good", "--set", "hiddenUnits=100", "--json");
        Assert.Contains("resume", bench.Out, StringComparison.Ordinal);
    }
}
