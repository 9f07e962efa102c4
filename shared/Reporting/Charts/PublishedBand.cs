using System.Text.Json.Nodes;
using Replications.Claims;

namespace Replications.Reporting.Charts;

/// <summary>The published value of a claim, as a rule with its margin as a band, behind the curves of a panel.</summary>
internal static class PublishedBand
{
    /// <summary>The layers; a note at the edge when the value lies outside the frame.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="bottom">Lower edge of the frame.</param>
    /// <param name="top">Upper edge of the frame.</param>
    public static IEnumerable<JsonObject> Layers(Claim claim, double bottom, double top)
    {
        string label = $"published {Numbers.Published(claim)}, margin ± {Numbers.Published(claim.Margin)} ({claim.Split})";
        if (claim.Published < bottom || claim.Published > top)
        {
            bool below = claim.Published < bottom;
            yield return new JsonObject
            {
                ["data"] = new JsonObject { ["values"] = new JsonArray(new JsonObject()) },
                ["mark"] = new JsonObject
                {
                    ["type"] = "text",
                    ["align"] = "left",
                    ["baseline"] = below ? "bottom" : "top",
                    ["dx"] = 4,
                    ["dy"] = below ? -4 : 4,
                    ["color"] = Palette.Published,
                    ["text"] = $"{(below ? "↓" : "↑")} outside the frame: {label}",
                },
                ["encoding"] = new JsonObject { ["x"] = Spec.Value(0), ["y"] = below ? Spec.Value("height") : Spec.Value(0) },
            };
            yield break;
        }

        double low = Math.Max(bottom, claim.Published - claim.Margin);
        double high = Math.Min(top, claim.Published + claim.Margin);
        JsonObject At(string field) => new() { ["field"] = field, ["type"] = "quantitative", ["scale"] = Spec.Scale(bottom, top) };
        JsonObject Layer(JsonObject mark, JsonObject encoding) => new()
        {
            ["data"] = new JsonObject
            {
                ["values"] = new JsonArray(new JsonObject { ["low"] = low, ["high"] = high, ["published"] = claim.Published }),
            },
            ["mark"] = mark,
            ["encoding"] = encoding,
        };
        yield return Layer(
            new() { ["type"] = "rect", ["color"] = Palette.Published, ["opacity"] = 0.14 },
            new() { ["y"] = At("low"), ["y2"] = new JsonObject { ["field"] = "high" } });
        yield return Layer(
            new() { ["type"] = "rule", ["color"] = Palette.Published, ["strokeDash"] = new JsonArray(5, 3) },
            new() { ["y"] = At("published") });
        yield return Layer(
            new()
            {
                ["type"] = "text",
                ["align"] = "left",
                ["baseline"] = "bottom",
                ["dx"] = 4,
                ["dy"] = -3,
                ["color"] = Palette.Published,
                ["text"] = label,
            },
            new() { ["y"] = At("published"), ["x"] = Spec.Value(0) });
    }
}
