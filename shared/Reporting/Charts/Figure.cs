using System.Text.Json.Nodes;

namespace Replications.Reporting.Charts;

/// <summary>A chart: its data and the Vega-Lite specification that draws them.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">Short title.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Reading">What it comes to, in a sentence, for those who do not see it.</param>
/// <param name="Csv">Its data.</param>
/// <param name="Numbers">Columns that hold numbers.</param>
/// <param name="Spec">Makes the specification from its <c>data</c> node; true asks for what only a pointer can use.</param>
internal sealed record Figure(
    string Name, string Title, string Caption, string Reading, byte[] Csv, IReadOnlyList<string> Numbers, Func<JsonObject, bool, JsonObject> Spec)
{
    /// <summary>Name of its data file.</summary>
    public string CsvFile => Name + ".csv";

    /// <summary>Name of its specification file.</summary>
    public string SpecFile => Name + ".vl.json";

    /// <summary>Name of its picture, when it is rendered.</summary>
    public string SvgFile => Name + ".svg";

    /// <summary>The specification as it stands beside its data file.</summary>
    public JsonObject FileSpec()
    {
        JsonObject spec = Spec(Data("url", CsvFile), false);
        spec.Insert(0, "$schema", "https://vega.github.io/schema/vega-lite/v6.json");
        return spec;
    }

    /// <summary>The specification with its data inside, for the report.</summary>
    public JsonObject LiveSpec() => Spec(Data("values", System.Text.Encoding.UTF8.GetString(Csv)), true);

    /// <summary>An empty cell is no number only where the column is said to be one.</summary>
    private JsonObject Data(string key, string value)
    {
        var parse = new JsonObject();
        foreach (string column in Numbers)
            parse[column] = "number";
        return new JsonObject { [key] = value, ["format"] = new JsonObject { ["type"] = "csv", ["parse"] = parse } };
    }
}
