using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Reporting.Experiments;

namespace Replications.Reporting.Charts;

/// <summary>The Vega-Lite specification of learning curves: a row of panels per metric, against updates and against time.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="points">All points of the figure.</param>
/// <param name="live">True adds what answers to a pointer.</param>
internal sealed class LearningCurveSpec(ExperimentResult experiment, IReadOnlyList<CurvePoint> points, bool live)
{
    /// <summary>Builds it.</summary>
    /// <param name="data">The data node.</param>
    /// <param name="metrics">Metrics to draw, in order.</param>
    public JsonObject Build(JsonObject data, IEnumerable<string> metrics)
    {
        (string unit, double seconds) = TimeUnit();
        double updates = points.Max(p => p.Step), time = points.Max(p => p.Seconds) / seconds;
        return new JsonObject
        {
            ["description"] = $"Learning curves of {experiment.Replication}/{experiment.Name}, profile {experiment.Profile}",
            ["data"] = data,
            ["transform"] = new JsonArray(Spec.Calculate("time", $"datum.seconds / {Spec.Number(seconds)}")),
            ["vconcat"] = new JsonArray([.. metrics.Select((m, i) => new JsonObject
            {
                ["hconcat"] = new JsonArray(Panel(m, i, "step", "updates", updates), Panel(m, i, "time", $"time, {unit}", time)),
            })]),
            ["resolve"] = new JsonObject { ["scale"] = new JsonObject { ["color"] = "shared", ["strokeDash"] = "shared" } },
            ["config"] = Palette.Config(),
        };
    }

    private JsonObject Panel(string metric, int row, string field, string title, double last)
    {
        CurvePoint[] shown = [.. points.Where(p => p.Metric == metric)];
        Claim[] claims = [.. experiment.Rows.Select(r => r.Claim).Where(c => c.Metric == metric)];
        string unit = experiment.Unit(metric);
        (double bottom, double top) = Frame(shown, claims);
        JsonObject x = Spec.Field(field, title);
        // From the start, which a frame that made room on both sides would leave, with room for the mark of the last update.
        x["scale"] = Spec.Scale(0, last * 1.02);
        x["axis"] = new JsonObject { ["grid"] = false, ["tickCount"] = 6 };
        JsonObject y = Spec.Field("value", unit.Length > 0 ? $"{metric}, {unit}" : metric);
        y["scale"] = Spec.Scale(bottom, top);

        var layers = new JsonArray();
        foreach (JsonObject layer in claims.SelectMany(c => PublishedBand.Layers(c, bottom, top)))
            layers.Add(layer);
        bool many = shown.Any(p => p.Kind == "mean");
        // Told from the mean by their width: paler ones would have less than 3 to 1 of contrast on white.
        layers.Add(Curve("seed", many ? 1 : 1.75, many ? 0.85 : 1, x, y));
        if (many)
            layers.Add(Curve("mean", 2.25, 1, x, y));
        if (shown.Any(p => p.Kind == "final"))
        {
            layers.Add(ErrorBar(x, bottom, top));
            layers.Add(Final(x, y));
        }

        if (live)
            layers.Add(Hover($"near_{row}_{field}", x, y, TimeUnit().Name));
        return new JsonObject
        {
            ["width"] = 480,
            ["height"] = 210,
            ["transform"] = new JsonArray(Spec.Filter($"datum.metric === {Spec.Quoted(metric)}")),
            ["layer"] = layers,
        };
    }

    private static JsonObject Curve(string kind, double width, double opacity, JsonObject x, JsonObject y) => new()
    {
        ["transform"] = new JsonArray(Spec.Filter($"datum.kind === '{kind}'")),
        ["mark"] = new JsonObject { ["type"] = "line", ["clip"] = true, ["strokeWidth"] = width, ["opacity"] = opacity, ["interpolate"] = "linear" },
        ["encoding"] = new JsonObject
        {
            ["x"] = x.DeepClone(),
            ["y"] = y.DeepClone(),
            ["color"] = Colour(),
            ["strokeDash"] = Dash(),
            ["detail"] = new JsonObject { ["field"] = "seed", ["type"] = "nominal" },
        },
    };

    private static JsonObject Final(JsonObject x, JsonObject y) => new()
    {
        ["transform"] = new JsonArray(Spec.Filter("datum.kind === 'final'")),
        ["mark"] = new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 60, ["opacity"] = 1, ["clip"] = true },
        ["encoding"] = new JsonObject { ["x"] = x.DeepClone(), ["y"] = y.DeepClone(), ["color"] = Colour(), ["shape"] = Shape() },
    };

    private static JsonObject ErrorBar(JsonObject x, double bottom, double top) => new()
    {
        ["transform"] = new JsonArray(Spec.Filter("datum.kind === 'final' && isValid(datum.low)")),
        ["mark"] = new JsonObject { ["type"] = "rule", ["clip"] = true },
        ["encoding"] = new JsonObject
        {
            ["x"] = x.DeepClone(),
            ["y"] = new JsonObject { ["field"] = "low", ["type"] = "quantitative", ["scale"] = Spec.Scale(bottom, top) },
            ["y2"] = new JsonObject { ["field"] = "high" },
            ["color"] = Colour(),
        },
    };

    private static JsonObject Hover(string name, JsonObject x, JsonObject y, string timeUnit) => new()
    {
        ["params"] = new JsonArray(new JsonObject
        {
            ["name"] = name,
            ["select"] = new JsonObject { ["type"] = "point", ["on"] = "pointerover", ["nearest"] = true, ["clear"] = "pointerout" },
        }),
        ["mark"] = new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 45, ["clip"] = true, ["tooltip"] = new JsonObject { ["expr"] = Tip(timeUnit) } },
        ["encoding"] = new JsonObject
        {
            ["x"] = x.DeepClone(),
            ["y"] = y.DeepClone(),
            ["color"] = Colour(),
            ["opacity"] = new JsonObject { ["condition"] = new JsonObject { ["param"] = name, ["empty"] = false, ["value"] = 1 }, ["value"] = 0 },
        },
    };

    /// <summary>
    /// What a point says of itself. Written as one expression, because the cells that find the nearest point hold the point one level
    /// deeper, which Vega-Lite 6 forgets for tooltip fields that are not numbers.
    /// </summary>
    private static string Tip(string timeUnit)
    {
        static string Of(string field) => $"(datum['datum'] || datum)['{field}']";
        return $"({Of("kind")} === 'mean' ? 'mean over seeds' : 'seed ' + {Of("seed")}) + ({Of("kind")} === 'final' ? ', at the end' : '')"
            + $" + '\\n' + {Of("split")} + ' ' + {Of("metric")} + ': ' + format({Of("value")}, '.6~g')"
            + $" + '\\n' + format({Of("step")}, ',') + ' updates, ' + format({Of("time")}, '.3~g') + ' {timeUnit}'";
    }

    /// <summary>
    /// The vertical frame: all values but the high start of training, which would flatten the rest, and the published bands, unless
    /// one is so far away (a reduced recipe) that the curves would be flattened by it.
    /// </summary>
    private static (double Bottom, double Top) Frame(CurvePoint[] shown, IEnumerable<Claim> claims)
    {
        double last = shown.Max(p => p.Step);
        double[] late = [.. shown.Where(p => p.Kind == "final" || p.Step >= last * 0.2).Select(p => p.Value)];
        double bottom = late.Min();
        double top = late.Max();
        foreach (Claim claim in claims)
        {
            double low = Math.Min(bottom, claim.Published - claim.Margin);
            double high = Math.Max(top, claim.Published + claim.Margin);
            if (high - low <= Math.Max(3 * (top - bottom), 8 * claim.Margin))
                (bottom, top) = (low, high);
        }

        double room = top > bottom ? (top - bottom) * 0.06 : Math.Max(Math.Abs(top) * 0.01, 1e-6);
        return (bottom - room, top + room);
    }

    private (string Name, double Seconds) TimeUnit() => points.Max(p => p.Seconds) switch
    {
        < 180 => ("seconds", 1),
        < 10800 => ("minutes", 60),
        _ => ("hours", 3600),
    };

    private static JsonObject Colour() => BySplit(new JsonArray(Palette.Train, Palette.Valid, Palette.Test));

    // The three colours are about as dark as each other: a print in grey has the dashes to go by.
    private static JsonObject Dash() => BySplit(new JsonArray(new JsonArray(2, 2), new JsonArray(1, 0), new JsonArray(8, 3, 2, 3)));

    private static JsonObject BySplit(JsonArray range) => new()
    {
        ["field"] = "split",
        ["type"] = "nominal",
        ["scale"] = new JsonObject { ["domain"] = new JsonArray("train", "valid", "test"), ["range"] = range },
        // The same for colour and dash, which makes them one, and long enough for the longest dash.
        ["legend"] = new JsonObject { ["title"] = "split", ["orient"] = "top", ["symbolType"] = "stroke", ["symbolOpacity"] = 1, ["symbolSize"] = 700 },
    };

    // Without a scale, whose missing legend would contend with that of the lines.
    private static JsonObject Shape() => new()
    {
        ["condition"] = new JsonArray(
            new JsonObject { ["test"] = "datum.split === 'train'", ["value"] = "square" }, new JsonObject { ["test"] = "datum.split === 'valid'", ["value"] = "circle" }),
        ["value"] = "diamond",
    };
}
