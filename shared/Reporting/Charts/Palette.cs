using System.Text.Json.Nodes;
using Replications.Claims;

namespace Replications.Reporting.Charts;

/// <summary>
/// The colours of the charts. The report's style sheet maps each of them to its own variable, by attribute selectors on the SVG, so
/// that one specification serves light, dark and paper. Verdict colours are told apart by people with the usual colour deficiencies,
/// and never stand without their word.
/// </summary>
internal static class Palette
{
    public const string Paper = "#fefefc";
    public const string Ink = "#1c1c1a";
    public const string Muted = "#63635d";
    public const string Line = "#dedcd5";
    public const string Train = "#7d7b74";
    public const string Valid = "#2f6fab";
    public const string Test = "#b4530a";

    /// <summary>The published value and its margin. No verdict's colour: a curve may run inside the band and decide nothing.</summary>
    public const string Published = "#3f4a54";

    /// <summary>Colour of a verdict.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Replicated => "#146c4b",
        Verdict.Exceeded => "#5b3fc4",
        Verdict.NotReplicated => "#b3400f",
        Verdict.Inconclusive => "#7a5d00",
        Verdict.Reduced => "#5c5c57",
        _ => "#a8001c",
    };

    /// <summary>What every chart has in common.</summary>
    public static JsonObject Config() => new()
    {
        ["background"] = Paper,
        ["font"] = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
        ["padding"] = 8,
        ["view"] = new JsonObject { ["stroke"] = null },
        ["axis"] = new JsonObject
        {
            ["labelColor"] = Muted,
            ["titleColor"] = Muted,
            ["titleFontWeight"] = "normal",
            ["labelFontSize"] = 11,
            ["titleFontSize"] = 11,
            ["gridColor"] = Line,
            ["domainColor"] = Line,
            ["tickColor"] = Line,
            ["titlePadding"] = 8,
        },
        ["title"] = new JsonObject { ["color"] = Ink, ["fontSize"] = 12, ["fontWeight"] = 600, ["anchor"] = "start", ["offset"] = 10 },
        ["legend"] = new JsonObject { ["labelColor"] = Ink, ["titleColor"] = Muted, ["titleFontWeight"] = "normal", ["symbolStrokeWidth"] = 2 },
        ["text"] = new JsonObject { ["color"] = Ink, ["fontSize"] = 11 },
    };
}
