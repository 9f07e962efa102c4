using System.Text.Json;
using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Hosting.Recipes;

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
        experiment.QuickRecipe is null || experiment.QuickRecipe.Equals(experiment.PaperRecipe) ? [] : [Profiles.Quick],
        experiment.Deterministic, experiment.Needs)
    {
        Unpublished = experiment.Unpublished,
        Recipes = new[] { (Profiles.Quick, experiment.QuickRecipe), (Profiles.Paper, experiment.PaperRecipe) }
            .Where(r => r.Item2 is not null)
            .ToDictionary(r => r.Item1, r => RecipeChoice.Json(r.Item2!)),
    };
}
