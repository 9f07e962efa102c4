using System.Text.Json;
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
        where !Same(before, now, name) && aside?.ContainsKey(name) != true
        select $"{name}: {Text(before, name)} -> {Text(now, name)}";

    // Numbers by their value: a program that rewrote the file may write 1E-05 otherwise.
    private static bool Same(JsonObject before, JsonObject now, string name) =>
        before.TryGetPropertyValue(name, out JsonNode? old) && now.TryGetPropertyValue(name, out JsonNode? current)
        && (JsonNode.DeepEquals(old, current) || Number(old) is { } number && number == Number(current));

    private static double? Number(JsonNode? value) =>
        value is JsonValue v && v.GetValueKind() == JsonValueKind.Number ? v.Deserialize<double>() : null;

    private static string Text(JsonObject constants, string name) =>
        constants.TryGetPropertyValue(name, out JsonNode? value) ? value?.ToJsonString() ?? "null" : "(absent)";
}
