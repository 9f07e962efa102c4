using System.Globalization;
using System.Text.Json.Nodes;

namespace Replications.Reporting.Charts;

/// <summary>The small parts that Vega-Lite specifications are made of.</summary>
internal static class Spec
{
    public static JsonObject Calculate(string name, string expression) => new() { ["calculate"] = expression, ["as"] = name };

    public static JsonObject Filter(string expression) => new() { ["filter"] = expression };

    public static JsonObject Field(string name, string title) => new() { ["field"] = name, ["type"] = "quantitative", ["title"] = title };

    public static JsonObject Scale(double bottom, double top) =>
        new() { ["domain"] = new JsonArray(bottom, top), ["zero"] = false, ["nice"] = false };

    /// <summary>A place in pixels, or <c>width</c> or <c>height</c>.</summary>
    public static JsonObject Value(JsonNode place) => new() { ["value"] = place };

    public static JsonObject Tooltip(string field, string? format = null)
    {
        var node = new JsonObject { ["field"] = field, ["type"] = format is null ? "nominal" : "quantitative" };
        if (format is not null)
            node["format"] = format;
        return node;
    }

    /// <summary>A number inside an expression.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Text inside an expression; JSON's escapes are JavaScript's.</summary>
    public static string Quoted(string text) => JsonValue.Create(text).ToJsonString();
}
