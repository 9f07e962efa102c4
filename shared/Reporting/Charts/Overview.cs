using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Reporting.Csv;

namespace Replications.Reporting.Charts;

/// <summary>All verdicts at a glance: each value with its interval against its published value, in units of its margin.</summary>
internal static class Overview
{
    /// <summary>Name of the figure's files.</summary>
    public const string Name = "verdicts";

    /// <summary>Margins shown to either side; what lies beyond is drawn at the edge as an arrow head.</summary>
    private const double Reach = 5;

    /// <summary>The figure; null when there is no claim.</summary>
    /// <param name="rows">The judged claims.</param>
    public static Figure? Of(IReadOnlyList<VerdictRow> rows)
    {
        if (rows.Count == 0)
            return null;
        bool profiles = rows.Select(r => r.Profile).Distinct().Skip(1).Any();
        OverviewPoint[] points = [.. rows.Select(r => OverviewPoint.Of(r, profiles ? $"{r.Claim.Id} ({r.Profile})" : r.Claim.Id))];
        return new Figure(
            Name, "Verdicts at a glance",
            "Our value and its interval against the published one, in units of each claim's margin. "
            + "Filled: an exact value, or an interval over training seeds; replicated takes one that lies wholly inside the band, an interval over the declared seeds. "
            + "Hollow: one seed, with an interval over test points or metric draws, or with none, which decides nothing; or a reduced recipe, which is not judged. "
            + "The word to the right is the verdict; the table below says why. "
            + "Right is better, whichever way the metric improves. Arrow heads at the edge: farther than 5 margins.",
            Reading(rows), CsvText.Document(points), ["value", "low", "high"], (data, live) => Build(data, points, live));
    }

    private static string Reading(IReadOnlyList<VerdictRow> rows) =>
        "By verdict: "
        + string.Join(", ", Words.WorstFirst
            .Select(v => (Verdict: v, Count: rows.Count(r => r.Judgement.Verdict == v)))
            .Where(c => c.Count > 0)
            .Select(c => $"{Numbers.Count(c.Count)} {c.Verdict.Text()}"))
        + ". The values stand in the table below.";

    private static JsonObject Build(JsonObject data, OverviewPoint[] points, bool live) => new()
    {
        ["description"] = "Each claim's value and interval minus the published value, in units of its margin; right is better",
        ["data"] = data,
        ["transform"] = new JsonArray(
            Spec.Calculate("has", "isValid(datum.value)"),
            Spec.Calculate("at", $"datum.has ? clamp(datum.value, -{Reach}, {Reach}) : 0"),
            Spec.Calculate("from", $"isValid(datum.low) ? clamp(datum.low, -{Reach}, {Reach}) : datum.at"),
            Spec.Calculate("to", $"isValid(datum.high) ? clamp(datum.high, -{Reach}, {Reach}) : datum.at"),
            Spec.Calculate("side", $"datum.value > {Reach} ? 'right' : datum.value < -{Reach} ? 'left' : 'inside'"),
            Spec.Calculate(
                "label", "datum.verdict + (datum.side === 'inside' ? '' : ', ' + format(abs(datum.value), ',.0f') + ' margins ' + (datum.value > 0 ? 'better' : 'worse'))")),
        ["width"] = 520,
        ["height"] = new JsonObject { ["step"] = 24 },
        ["layer"] = new JsonArray(
            Band(),
            Zero(),
            Mark("rule", "datum.has", new() { ["strokeWidth"] = 2 }, new() { ["x"] = X("from"), ["x2"] = new JsonObject { ["field"] = "to" } }, points, false),
            Point("filled", new() { ["filled"] = true }, points, live),
            // Filled with the paper, so that the rule does not run through it.
            Point("hollow", new() { ["filled"] = false, ["fill"] = Palette.Paper, ["strokeWidth"] = 2 }, points, live),
            Mark("text", "true", new() { ["align"] = "left", ["dx"] = 12 }, new() { ["x"] = Spec.Value("width"), ["text"] = new JsonObject { ["field"] = "label" } }, points, false)),
        ["config"] = Palette.Config(),
    };

    private static JsonObject Point(string drawn, JsonObject mark, OverviewPoint[] points, bool live)
    {
        mark["size"] = 70;
        mark["opacity"] = 1;
        return Mark("point", $"datum.drawn === '{drawn}'", mark, new() { ["x"] = X("at"), ["shape"] = Shape() }, points, live);
    }

    private static JsonObject Mark(string type, string filter, JsonObject mark, JsonObject encoding, OverviewPoint[] points, bool tooltip)
    {
        mark.Insert(0, "type", type);
        encoding["y"] = new JsonObject
        {
            ["field"] = "claim",
            ["type"] = "nominal",
            ["title"] = null,
            ["sort"] = new JsonArray([.. points.Select(p => JsonValue.Create(p.Claim))]),
            ["axis"] = new JsonObject { ["labelLimit"] = 320, ["ticks"] = false, ["labelPadding"] = 12, ["domain"] = false, ["grid"] = true, ["labelColor"] = Palette.Ink },
        };
        encoding["color"] = new JsonObject
        {
            ["field"] = "verdict",
            ["type"] = "nominal",
            ["legend"] = null,
            ["scale"] = new JsonObject
            {
                ["domain"] = new JsonArray([.. Words.WorstFirst.Select(v => JsonValue.Create(v.Text()))]),
                ["range"] = new JsonArray([.. Words.WorstFirst.Select(v => JsonValue.Create(Palette.Of(v)))]),
            },
        };
        if (tooltip)
        {
            encoding["tooltip"] = new JsonArray(
                Spec.Tooltip("claim"), Spec.Tooltip("verdict"), Spec.Tooltip("value", "+.3f"),
                Spec.Tooltip("low", "+.3f"), Spec.Tooltip("high", "+.3f"), Spec.Tooltip("interval_kind"));
        }

        return new JsonObject { ["transform"] = new JsonArray(Spec.Filter(filter)), ["mark"] = mark, ["encoding"] = encoding };
    }

    private static JsonObject X(string field) => new()
    {
        ["field"] = field,
        ["type"] = "quantitative",
        ["title"] = "← worse · distance from the published value, in margins · better →",
        ["scale"] = new JsonObject { ["domain"] = new JsonArray(-Reach, Reach), ["nice"] = false },
        ["axis"] = new JsonObject { ["grid"] = false, ["values"] = new JsonArray(-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5), ["labelExpr"] = "datum.value === 0 ? 'published' : format(datum.value, '+d')" },
    };

    private static JsonObject Band() => new()
    {
        ["data"] = new JsonObject { ["values"] = new JsonArray(new JsonObject { ["from"] = -1, ["to"] = 1 }) },
        ["mark"] = new JsonObject { ["type"] = "rect", ["color"] = Palette.Published, ["opacity"] = 0.14 },
        ["encoding"] = new JsonObject { ["x"] = X("from"), ["x2"] = new JsonObject { ["field"] = "to" } },
    };

    private static JsonObject Zero() => new()
    {
        ["data"] = new JsonObject { ["values"] = new JsonArray(new JsonObject { ["from"] = 0 }) },
        ["mark"] = new JsonObject { ["type"] = "rule", ["color"] = Palette.Published, ["strokeDash"] = new JsonArray(5, 3) },
        ["encoding"] = new JsonObject { ["x"] = X("from") },
    };

    private static JsonObject Shape() => new()
    {
        ["field"] = "side",
        ["type"] = "nominal",
        ["legend"] = null,
        ["scale"] = new JsonObject
        {
            ["domain"] = new JsonArray("left", "inside", "right"),
            ["range"] = new JsonArray("triangle-left", "circle", "triangle-right"),
        },
    };
}
