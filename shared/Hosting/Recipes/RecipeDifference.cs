using System.Text.Json.Nodes;

namespace Replications.Hosting.Recipes;

/// <summary>What differs between the constants of two runs.</summary>
internal static class RecipeDifference
{
    /// <summary>One line for each constant that differs, <c>name: before -> now</c>.</summary>
    public static IEnumerable<string> Lines(JsonObject before, JsonObject now) =>
        from name in before.Select(p => p.Key).Union(now.Select(p => p.Key))
        let old = Text(before, name)
        let current = Text(now, name)
        where old != current
        select $"{name}: {old} -> {current}";

    private static string Text(JsonObject constants, string name) =>
        constants.TryGetPropertyValue(name, out JsonNode? value) ? value?.ToJsonString() ?? "null" : "(absent)";
}
