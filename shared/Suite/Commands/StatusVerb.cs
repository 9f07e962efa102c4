using System.CommandLine;
using System.Globalization;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Plans;
using Replications.Suite.Views;
using Spectre.Console;

namespace Replications.Suite.Commands;

/// <summary><c>status</c>: the state of every run that there is or should be.</summary>
internal sealed class StatusVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("status", "Show the state of every run that there is or should be.")
    {
        Options.Profile, Options.Only, Options.Seeds, Options.Results, Options.Json,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        RunRequest request = Options.ReadRequest(parsed, Workplace) with { Results = Options.ReadStoredResults(parsed, Workplace) };
        Catalogue catalogue = LoadCatalogue();
        Selection selection = new(request.Only, catalogue);
        ResultsTree results = new(request.Results);
        IEnumerable<RunKey> expected = Plan.Of(request, catalogue, selection, Workplace).Runs.Select(r => r.Key);
        IEnumerable<RunKey> stored = results.Enumerate(request.Profile).Select(r => r.Key).Where(k => selection.HasRuns(k.Replication, k.Experiment));
        StoredRun[] runs = [.. expected.Union(stored).Select(results.Find)];
        if (parsed.GetValue(Options.Json))
        {
            Tables.PrintJson(Workplace, runs.Select(r => new
            {
                r.Key,
                r.Folder,
                r.Outcome,
                r.Reason,
                r.Record?.Steps,
                r.Record?.Seconds,
                r.Record?.Resumes,
                r.Record?.Written,
            }));
        }
        else
        {
            Table table = Tables.Of("run", ">seed", "state", ">updates", ">time", "written", "reason");
            foreach (StoredRun run in runs)
            {
                RunRecord? record = run.Record;
                Tables.Add(
                    table, $"{run.Key.Replication}/{run.Key.Experiment}", run.Key.Seed.ToString(CultureInfo.InvariantCulture), Word(run.Outcome),
                    record?.Steps.ToString(CultureInfo.InvariantCulture) ?? "", record is null ? "" : Time.Text(record.Seconds),
                    record?.Written.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "", run.Reason ?? "");
            }

            Tables.Print(Workplace, table);
        }

        return catalogue.Problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Word(RunOutcome outcome) => outcome == RunOutcome.UnderWay ? "under way" : outcome.ToString().ToLowerInvariant();
}
