using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Suite.Catalogues;

namespace Replications.Suite.Plans;

/// <summary>The runs that a request comes to, in the order they are made.</summary>
/// <param name="Runs">The runs, finished and left-out ones included.</param>
internal sealed record Plan(IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>The runs that will be started.</summary>
    public IReadOnlyList<PlannedRun> ToMake => [.. Runs.Where(r => r.Step is Step.Make or Step.Resume)];

    /// <summary>Makes the plan of a request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="catalogue">What there is.</param>
    /// <param name="selection">What was picked.</param>
    /// <param name="workplace">The machine, and what was measured there.</param>
    public static Plan Of(RunRequest request, Catalogue catalogue, Selection selection, Workplace workplace)
    {
        ExperimentDescription[] picked = [.. catalogue.Experiments.Where(selection.Has)];
        ExperimentDescription[] inProfile = [.. picked.Where(e => e.Profiles.Contains(request.Profile))];
        if (picked.Length > 0 && inProfile.Length == 0)
        {
            ExperimentDescription first = picked[0];
            throw new UsageException($"{first.Replication}/{first.Experiment} has no {request.Profile} profile; it has: {string.Join(", ", first.Profiles)}");
        }

        CheckSet(request, inProfile);
        ResultsTree results = new(request.Results);
        MeasuredCosts costs = MeasuredCosts.In(workplace, request.Results);
        IEnumerable<PlannedRun> runs =
            from experiment in inProfile
            from seed in Seeds(request, catalogue, experiment)
            select Decide(request, results, costs.Of(request.Profile, experiment), experiment, seed, workplace.HasGpu);
        return new Plan(request.Budget is { } budget ? Within(budget, [.. runs]) : [.. runs]);
    }

    private static IReadOnlyList<long> Seeds(RunRequest request, Catalogue catalogue, ExperimentDescription experiment) =>
        request.Seeds is null
            ? Docket.DefaultSeeds(request.Profile, experiment.Replication, experiment.Experiment, catalogue.Claims, experiment)
            : experiment.Deterministic ? [request.Seeds[0]] : request.Seeds;

    private static PlannedRun Decide(RunRequest request, ResultsTree results, MeasuredCost? cost, ExperimentDescription experiment, long seed, bool hasGpu)
    {
        RunKey key = new(request.Profile, experiment.Replication, experiment.Experiment, seed);
        PlannedRun Run(Step step, string reason) => new(key, experiment, step, reason, cost);

        StoredRun stored = results.Find(key);
        if (!request.Fresh && stored is { Outcome: RunOutcome.Succeeded, Record: { } record } && IsAsked(request, experiment, record))
        {
            return Run(Step.Skip, "finished");
        }

        bool published = !experiment.Reduced.Contains(request.Profile);
        if (experiment.Needs == "gpu" && published && !hasGpu && request.Device is null)
        {
            return Run(Step.LeaveOut, "needs a GPU, and this machine has none");
        }

        return stored.Outcome switch
        {
            _ when request.Fresh => Run(Step.Make, "afresh"),
            RunOutcome.Missing => Run(Step.Make, "new"),
            // The program refuses it and says what differs: a finished run is not lost to a changed constant.
            RunOutcome.Succeeded => Run(Step.Resume, "finished with another recipe or precision"),
            RunOutcome.UnderWay => Run(Step.Resume, "another process holds it"),
            _ => Run(Step.Resume, stored.Outcome.ToString().ToLowerInvariant()),
        };
    }

    /// <summary>A finished run is the one that is asked for when its precision is, the same constants were changed by hand and the recipe is still the experiment's.</summary>
    private static bool IsAsked(RunRequest request, ExperimentDescription experiment, RunRecord record)
    {
        string[] then = [.. RerunCommand.Set(record.Overrides).Order(StringComparer.Ordinal)];
        // What is set to what it is anyway is no change, and no record has it.
        HashSet<string> usual = experiment.Recipes.TryGetValue(request.Profile, out JsonObject? recipe) ? [.. RerunCommand.Set(recipe)] : [];
        IEnumerable<string> now = request.Set.Where(s => !usual.Contains(s, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
        return record.Engine.Precision == request.Precision
            && then.SequenceEqual(now, StringComparer.OrdinalIgnoreCase)
            && experiment.Outdated(record) is null;
    }

    private static void CheckSet(RunRequest request, ExperimentDescription[] experiments)
    {
        foreach (string[] change in request.Set.Select(s => s.Split('=', 2)))
        {
            string name = change[0];
            foreach (ExperimentDescription experiment in experiments)
            {
                if (experiment.Recipes.TryGetValue(request.Profile, out JsonObject? recipe)
                    && !recipe.Any(c => string.Equals(c.Key, name, StringComparison.OrdinalIgnoreCase)))
                {
                    string key = $"{experiment.Replication}/{experiment.Experiment}";
                    throw new UsageException(recipe.Count == 0
                        ? $"--set: {key} has no constants; --only picks the experiments that have '{name}'"
                        : "--set: " + NearestName.Refusal($"constant of {key}", name, [.. recipe.Select(c => c.Key)]));
                }

                if (recipe?.FirstOrDefault(c => string.Equals(c.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { } value && !IsLike(value, change[1]))
                {
                    throw new UsageException($"--set '{name}={change[1]}': {experiment.Replication}/{experiment.Experiment} has {value.ToJsonString()} there, so a {(value.GetValueKind() == JsonValueKind.Number ? "number" : "true or false")} was expected");
                }
            }
        }
    }

    /// <summary>Whether a text can stand for a value: its program alone knows which numbers and words it takes, and where nothing will do.</summary>
    private static bool IsLike(JsonNode value, string text) => value.GetValueKind() switch
    {
        _ when text.Length == 0 => true,
        JsonValueKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        JsonValueKind.True or JsonValueKind.False => bool.TryParse(text, out _),
        _ => true,
    };

    /// <summary>Takes the cheapest runs first; what does not fit, or was never measured, is left out.</summary>
    private static PlannedRun[] Within(TimeSpan budget, PlannedRun[] runs)
    {
        double left = budget.TotalSeconds;
        HashSet<RunKey> taken = [];
        foreach (PlannedRun run in runs.Where(r => r.Step is Step.Make or Step.Resume && r.Cost is not null).OrderBy(r => r.Cost))
        {
            if (run.Cost <= left)
            {
                left -= run.Cost!.Value;
                taken.Add(run.Key);
            }
        }

        return [.. runs.Select(r => r.Step is not (Step.Make or Step.Resume) || taken.Contains(r.Key) ? r : r with
        {
            Step = Step.LeaveOut,
            Reason = r.Cost is null
                ? "has no measured cost to fit into the budget"
                : string.Create(CultureInfo.InvariantCulture, $"does not fit into the budget of {budget.TotalSeconds:0} s"),
        })];
    }
}
