using System.CommandLine;
using System.Globalization;
using Replications.Claims;
using Replications.Reporting.Markdown;
using Replications.Reporting.Summaries;
using Replications.Suite.Catalogues;
using Replications.Suite.Views;

namespace Replications.Suite.Commands;

/// <summary><c>verify</c>: judges stored runs again, without training.</summary>
internal sealed class VerifyVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    private readonly Option<bool> _ledger = new("--ledger")
    {
        Description = "Judge the recorded runs under results/ledger. A claim that was never recorded is shown as missing and fails only with --strict.",
    };

    private readonly Option<string?> _against = new("--against")
    {
        Description = "Compare with a table of expected values, for example data/reference/quick.csv; any difference beyond a row's tolerance fails.",
        HelpName = "file",
    };

    private readonly Option<bool> _strict = new("--strict") { Description = "Fail unless every verdict is 'replicated'." };

    private readonly Option<string?> _into = new("--into")
    {
        Description = "Write the table, as Markdown, between the markers of a document, for example README.md.",
        HelpName = "file",
    };

    /// <inheritdoc/>
    protected override Command Declare() => new(
        "verify",
        "Judge stored runs again without training: a table on a terminal, else summary.csv. Exit code: 0 all runs are there and "
        + "succeeded; 1 something failed, diverged, is missing, or differs from --against; 75 something was interrupted.")
    {
        Options.Profile, Options.Only, Options.Seeds, Options.Results, _ledger, _against, _strict, _into, Options.Json,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        bool ledger = parsed.GetValue(_ledger);
        string results = Options.ReadStoredResults(parsed, Workplace);
        if (ledger && parsed.GetValue(Options.Results) is null)
        {
            results = Path.Combine(results, "ledger");
        }

        string profile = Options.ReadProfile(parsed);
        IReadOnlyList<long>? seeds = Options.ReadSeeds(parsed);
        string? document = ReadDocument(parsed);
        Catalogue catalogue = LoadCatalogue();
        Selection selection = new(parsed.GetValue(Options.Only)!, catalogue);
        bool anyProfile = ledger && parsed.GetResult(Options.Profile) is null or { Implicit: true };
        // A profile whose folder is gone is still judged where the list of recorded runs has it.
        HashSet<string> listed = ledger ? [.. (RunIndex.Of(results)?.Rows ?? []).Select(r => r.Key.Profile)] : [];
        string[] profiles = [.. (anyProfile ? Profiles.All : [profile]).Where(p => !ledger || listed.Contains(p) || Directory.Exists(Path.Combine(results, p)))];
        if (profiles.Length == 0)
        {
            throw new InvalidDataException($"{results} holds no recorded runs{(anyProfile ? "" : $" of profile {profile}")}");
        }

        string? against = parsed.GetValue(_against);
        IReadOnlyList<ReferenceRow> expected = against is null ? [] : Expected(against, profiles, selection);
        VerdictTable table = Judge(catalogue, selection, results, profiles, seeds);
        Print(table, parsed);
        new VerdictView(Workplace).Explain(table);
        if (document is not null)
        {
            File.WriteAllText(document, ResultTable.Insert(File.ReadAllText(document), ResultTable.Markdown(table)));
        }

        bool strict = parsed.GetValue(_strict);
        int exit = ledger && !strict ? WithoutMissing(table).Exit : table.Exit;
        if (strict && table.Rows.Any(r => r.Judgement.Verdict != Verdict.Replicated))
        {
            exit = exit == ExitCode.Success ? ExitCode.Failure : exit;
        }

        return against is not null && !Agrees(against, expected, table) ? ExitCode.Failure : exit;
    }

    private string? ReadDocument(ParseResult parsed)
    {
        if (parsed.GetValue(_into) is not { } document)
        {
            return null;
        }

        return parsed.GetValue(Options.Only)!.Length > 0 || parsed.GetResult(Options.Profile) is { Implicit: false }
            ? throw new UsageException("--into writes the whole table: --only and --profile would take the other rows out of it")
            : File.Exists(document) ? document
            : throw new UsageException($"--into '{document}': no such file");
    }

    /// <summary>The rows of a table that are about what is judged. A table without any would agree with everything.</summary>
    private static IReadOnlyList<ReferenceRow> Expected(string file, string[] profiles, Selection selection)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"--against '{file}': no such file");
        }

        IReadOnlyList<ReferenceRow> rows = [.. ReferenceTable.Read(file).Where(r => profiles.Contains(r.Profile) && selection.HasRuns(r.Replication, r.Experiment))];
        return rows.Count > 0 ? rows
            : throw new UsageException($"--against '{file}': it has no row for what is judged, of profile {string.Join(" or ", profiles)}");
    }

    private VerdictTable Judge(Catalogue catalogue, Selection selection, string results, string[] profiles, IReadOnlyList<long>? seeds)
    {
        Judging judging = new(catalogue, results)
        {
            Asked = seeds is null ? [] :
            [
                .. from profile in profiles
                   from experiment in catalogue.Experiments.Where(selection.Has)
                   where experiment.Profiles.Contains(profile)
                   from seed in experiment.Deterministic ? seeds.Take(1) : seeds
                   select new RunKey(profile, experiment.Replication, experiment.Experiment, seed),
            ],
        };
        DateTimeOffset now = Workplace.Clock.GetUtcNow();
        VerdictTable[] tables = [.. profiles.Select(p => judging.Judge(p, selection, now))];
        return new VerdictTable(
            now, [.. tables.SelectMany(t => t.Rows)], [.. tables.SelectMany(t => t.OtherRuns)], [.. tables.SelectMany(t => t.Problems).Distinct()])
        {
            Withdrawn = [.. tables.SelectMany(t => t.Withdrawn).Distinct()],
        };
    }

    private void Print(VerdictTable table, ParseResult parsed)
    {
        if (parsed.GetValue(Options.Json))
        {
            Tables.PrintJson(Workplace, table.Rows.Select(r => new { Summary = r.ToSummary(), r.Judgement.Explanation }));
        }
        else if (Workplace.OutIsTerminal)
        {
            new VerdictView(Workplace).Print(table);
        }
        else
        {
            Workplace.Out.Write(SummaryCsv.Text(table.Rows.Select(r => r.ToSummary())));
        }
    }

    /// <summary>The ledger grows over time: what was never recorded there is shown, and is no failure of what was.</summary>
    private static VerdictTable WithoutMissing(VerdictTable table) => table with
    {
        Rows = [.. table.Rows.Where(r => r.Runs.Any(run => run.Outcome != RunOutcome.Missing))],
        OtherRuns = [.. table.OtherRuns.Where(r => r.Outcome != RunOutcome.Missing)],
    };

    private bool Agrees(string file, IReadOnlyList<ReferenceRow> expected, VerdictTable table)
    {
        ReferenceCheck check = ReferenceTable.Check(expected, table);
        foreach (string fault in check.Faults)
        {
            Workplace.Error.WriteLine($"{file}: {fault}");
        }

        if (check.Added.Count > 0)
        {
            Workplace.Error.WriteLine($"{file} has no row for these; each needs a tolerance and a reason:");
            foreach (ReferenceRow row in check.Added)
            {
                Workplace.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Profile},{row.Replication},{row.Experiment},{row.Claim},{row.Metric},{row.Split},{row.Checkpoint},{row.Value:R},,"));
            }
        }

        Workplace.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{file}: {check.Agreed} values agree, {check.Faults.Count} do not, {check.Added.Count} are new"));
        return check.Faults.Count == 0;
    }
}
