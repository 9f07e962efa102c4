using System.Text.Json;
using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Datasets;
using Replications.Hosting.Commands;
using Replications.Hosting.Experiments;
using Replications.Training.Subjects;

namespace Replications.Hosting.Recipes;

/// <summary>The recipe of a run: a profile's, with what <c>--set</c> changed, checked.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Recipe">The resolved recipe.</param>
/// <param name="Overrides">What was changed, name to value.</param>
internal sealed record RecipeChoice(Experiment Experiment, Recipe Recipe, JsonObject Overrides)
{
    /// <summary>True when the recipe is not the paper's.</summary>
    public bool Reduced => !Recipe.Equals(Experiment.PublishedRecipe);

    /// <summary>Every constant, as run.json has it.</summary>
    public JsonObject Json() => Json(Recipe);

    /// <summary>What each constant of an experiment's recipes is where nobody sets it.</summary>
    public static JsonObject Defaults(Experiment experiment) => Json((Recipe)Activator.CreateInstance(experiment.PaperRecipe.GetType())!);

    /// <summary>Every constant of a recipe, as run.json has it.</summary>
    public static JsonObject Json(Recipe recipe) => JsonSerializer.SerializeToNode(recipe, recipe.GetType(), RunRecordFile.Options)!.AsObject();

    /// <summary>Finds experiment and recipe and applies the changes.</summary>
    /// <exception cref="UsageException">A name is unknown, or a value is not possible.</exception>
    public static RecipeChoice Of(Replication replication, string experimentName, string profile, IEnumerable<string> sets)
    {
        Experiment experiment = replication.Experiments.FirstOrDefault(e => e.Name == experimentName)
            ?? throw new UsageException(NearestName.Refusal("experiment", experimentName, [.. replication.Experiments.Select(e => e.Name)]));
        Recipe recipe = profile == Profiles.Paper
            ? experiment.PaperRecipe
            : experiment.QuickRecipe ?? throw new UsageException($"the experiment '{experimentName}' has no quick recipe: use --profile paper");
        JsonObject overrides = [];
        JsonObject before = Json(recipe);
        foreach (string set in sets)
            recipe = Changed(recipe, set, overrides);
        // What was set to what it is anyway is no change.
        foreach (string same in overrides.Where(o => JsonNode.DeepEquals(o.Value, before[o.Key])).Select(o => o.Key).ToArray())
            overrides.Remove(same);
        string[] problems = [.. recipe.Problems()];
        if (problems.Length == 0 && DataSets.List().FirstOrDefault(d => d.Id == experiment.Dataset) is { } data)
            problems = [.. recipe.ProblemsWith(data)];
        return problems.Length == 0
            ? new RecipeChoice(experiment, recipe, overrides)
            : throw new UsageException($"the recipe of '{experimentName}' is not possible: {string.Join("; ", problems)}");
    }

    private static Recipe Changed(Recipe recipe, string set, JsonObject overrides)
    {
        int equals = set.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UsageException($"--set takes name=value, not '{set}'");
        RecipeConstant constant = RecipeConstant.Find(recipe, set[..equals]);
        object? value = constant.Parse(set[(equals + 1)..]);
        Recipe copy = recipe with { };
        constant.Assign(copy, value);
        overrides[constant.Name] = JsonSerializer.SerializeToNode(value, RunRecordFile.Options);
        return copy;
    }
}
