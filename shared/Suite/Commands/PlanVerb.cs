using System.CommandLine;
using System.Globalization;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Plans;
using Replications.Suite.Views;
using Spectre.Console;

namespace Replications.Suite.Commands;

/// <summary><c>plan</c>: what <c>run</c> with the same options would do, and what it would cost.</summary>
internal sealed class PlanVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("plan", "Show what 'run' with the same options would do, with measured costs. Starts nothing.")
    {
        Options.Profile, Options.Only, Options.Seeds, Options.Device, Options.Threads, Options.Precision, Options.Fresh, Options.Set, Options.DataMirror, Options.Budget,
        Options.Results, Options.Json,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        RunRequest request = Options.ReadRequest(parsed, Workplace);
        Catalogue catalogue = LoadCatalogue();
        Plan plan = Plan.Of(request, catalogue, new Selection(request.Only, catalogue), Workplace);
        if (parsed.GetValue(Options.Json))
        {
            Tables.PrintJson(Workplace, plan.Runs.Select(r => new { r.Key, r.Step, r.Reason, CostSeconds = r.Cost, MeasuredOn = r.Measured?.On ?? "" }));
        }
        else
        {
            Table table = Tables.Of("run", ">seed", "step", "because", ">cost", "measured on");
            foreach (PlannedRun run in plan.Runs)
            {
                Tables.Add(
                    table, $"{run.Key.Replication}/{run.Key.Experiment}", run.Key.Seed.ToString(CultureInfo.InvariantCulture), Word(run.Step),
                    run.Reason, run.Cost is { } cost ? Time.Text(cost) : "not measured", run.Measured?.On ?? "");
            }

            Tables.Print(Workplace, table);
            Workplace.Error.WriteLine(Sum(plan));
        }

        return catalogue.Problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Word(Step step) => step switch
    {
        Step.Make => "run",
        Step.Resume => "resume",
        Step.Skip => "skip",
        _ => "leave out",
    };

    private static string Sum(Plan plan)
    {
        IReadOnlyList<PlannedRun> runs = plan.ToMake;
        int unknown = runs.Count(r => r.Cost is null);
        string rest = unknown == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", and {unknown} never measured");
        return string.Create(CultureInfo.InvariantCulture, $"{runs.Count} runs to make: {Time.Text(runs.Sum(r => r.Cost ?? 0))}{rest}");
    }
}
