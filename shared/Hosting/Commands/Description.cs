using System.Text.Json;
using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Hosting.Recipes;
using Replications.Training.Subjects;

namespace Replications.Hosting.Commands;

/// <summary>What a replication says of its experiments. Touches recipes alone, so that it works without libtorch.</summary>
internal static class Description
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>All experiments, as a JSON array.</summary>
    public static string Json(Replication replication) =>
        JsonSerializer.Serialize(replication.Experiments.Select(e => Of(replication, e)), Options);

    private static ExperimentDescription Of(Replication replication, Experiment experiment) => new(
        replication.Name, experiment.Name, experiment.Title, experiment.Dataset,
        experiment.QuickRecipe is null ? [Profiles.Paper] : [Profiles.Quick, Profiles.Paper],
        [.. Recipes(experiment).Where(r => !r.Recipe.Equals(experiment.PublishedRecipe)).Select(r => r.Profile)],
        experiment.Deterministic, experiment.Needs)
    {
        Unpublished = experiment.Unpublished,
        Recipes = Recipes(experiment).ToDictionary(r => r.Profile, r => RecipeChoice.Json(r.Recipe)),
        Defaults = RecipeChoice.Defaults(experiment),
    };

    private static IEnumerable<(string Profile, Recipe Recipe)> Recipes(Experiment experiment)
    {
        if (experiment.QuickRecipe is { } quick)
            yield return (Profiles.Quick, quick);
        yield return (Profiles.Paper, experiment.PaperRecipe);
    }
}
