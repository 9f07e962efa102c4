using System.CommandLine;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Plans;
using Replications.Suite.Views;
using Spectre.Console;

namespace Replications.Suite.Commands;

/// <summary><c>list</c>: what can be run, and the claims it answers for.</summary>
internal sealed class ListVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("list", "List every experiment, its profiles, what it needs and costs, and its claims.")
    {
        Options.Only, Options.Json,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        Catalogue catalogue = LoadCatalogue();
        Selection selection = new(parsed.GetValue(Options.Only)!, catalogue);
        ExperimentDescription[] experiments = [.. catalogue.Experiments.Where(selection.Has)];
        if (parsed.GetValue(Options.Json))
        {
            Tables.PrintJson(Workplace, experiments.Select(e => new { Experiment = e, Claims = catalogue.ClaimsOf(e) }));
        }
        else
        {
            MeasuredCosts costs = MeasuredCosts.In(Workplace, Path.Combine(Workplace.Root, "results"));
            Table table = Tables.Of("experiment", "data set", "quick", "paper", "needs", "claims", "title");
            foreach (ExperimentDescription e in experiments)
            {
                Tables.Add(
                    table, $"{e.Replication}/{e.Experiment}", e.Dataset, InProfile(e, Profiles.Quick, costs), InProfile(e, Profiles.Paper, costs), e.Needs,
                    string.Join(", ", catalogue.ClaimsOf(e).Select(c => c.Id).DefaultIfEmpty(e.Unpublished is null ? "" : "none published")), e.Title);
            }

            Tables.Print(Workplace, table);
        }

        return catalogue.Problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string InProfile(ExperimentDescription experiment, string profile, MeasuredCosts costs) =>
        !experiment.Profiles.Contains(profile) ? "-"
        : (experiment.Reduced.Contains(profile) ? "reduced" : "full")
            + (costs.Of(profile, experiment) is { } cost ? $", {Time.Text(cost.Seconds)}" : "");
}
