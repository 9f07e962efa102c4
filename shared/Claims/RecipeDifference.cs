using System.Text.Json.Nodes;

namespace Replications.Claims;

/// <summary>What differs between the constants of two runs.</summary>
public static class RecipeDifference
{
    /// <summary>One line for each constant that differs, <c>name: before -> now</c>.</summary>
    /// <param name="before">Constants of the one.</param>
    /// <param name="now">Constants of the other.</param>
    /// <param name="aside">Constants that may differ; null for none.</param>
    public static IEnumerable<string> Lines(JsonObject before, JsonObject now, JsonObject? aside = null) =>
        from name in before.Select(p => p.Key).Union(now.Select(p => p.Key))
        let old = Text(before, name)
        let current = Text(now, name)
        where old != current && aside?.ContainsKey(name) != true
        select $"{name}: {old} -> {current}";

    private static string Text(JsonObject constants, string name) =>
        constants.TryGetPropertyValue(name, out JsonNode? value) ? value?.ToJsonString() ?? "null" : "(absent)";
}
