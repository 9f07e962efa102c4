using System.Text.Json.Nodes;
using Replications.Claims;

namespace Replications.Fake;

/// <summary>The experiments, each named by how it ends.</summary>
internal static class FakeExperiments
{
    public static IReadOnlyList<ExperimentDescription> All { get; } =
    [
        Of("good", "a run that succeeds"),
        Of("exact", "a value that no seed changes") with { Deterministic = true },
        Of("scaled", "a recipe scaled down in quick") with { Reduced = [Profiles.Quick] },
        Of("failing", "a run that ends by an error"),
        Of("crashing", "a run that dies without a word"),
        Of("diverging", "a run that meets a NaN"),
        Of("waiting", "a run that waits for a signal, then saves"),
        Of("stubborn", "a run that does not listen to signals") with { Unpublished = "nobody measured it" },
        Of("silent", "a run that says success and leaves no record"),
        Of("large", "a run for a GPU") with { Needs = "gpu", Profiles = [Profiles.Paper] },
    ];

    public static JsonObject Recipe(string name) => name == "exact" ? [] : new() { ["hiddenUnits"] = 500, ["learningRate"] = 0.01 };

    private static ExperimentDescription Of(string name, string title) => new(
        "fake", name, title, "toy", [Profiles.Quick, Profiles.Paper], [], false, "cpu")
    {
        Recipes = new Dictionary<string, JsonObject> { [Profiles.Quick] = Recipe(name), [Profiles.Paper] = Recipe(name) },
    };
}
