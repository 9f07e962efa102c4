using System.Text.RegularExpressions;
using System.Xml.Linq;
using Replications.Reporting.Charts;

namespace Replications.Reporting.Html;

/// <summary>A chart in the page: its picture for every reader, its specification for the script that makes it live.</summary>
internal static partial class ChartFigure
{
    /// <summary>The element.</summary>
    /// <param name="figure">The chart.</param>
    /// <param name="svg">Its rendered picture, when there is one.</param>
    /// <param name="live">True when the page has the scripts that draw it.</param>
    public static XElement Element(Figure figure, string? svg, bool live)
    {
        XElement drawing = Tag.Of(
            "div.drawing", Tag.Is("role", "img"), Tag.Is("aria-label", $"{figure.Title}. {figure.Reading}"),
            svg is null
                ? Tag.Of("p.absent", live
                    ? "This chart is drawn by script; no picture of it was rendered."
                    : $"This chart could not be drawn here. Its data: charts/{figure.CsvFile}; its specification: charts/{figure.SpecFile}.")
                : new RawText(Inline(svg, figure.Name)));
        return Tag.Of(
            "figure.chart", drawing,
            live ? Tag.Of("script", Tag.Is("type", "application/json"), RawText.Script(figure.LiveSpec().ToJsonString())) : null,
            Tag.Of("figcaption", figure.Caption, " ", Tag.Of("span.files", $"charts/{figure.CsvFile}, {figure.SpecFile}")));
    }

    /// <summary>An SVG document as an element of the page: no namespaces, and ids of its own, for all charts share the page's.</summary>
    private static string Inline(string svg, string name)
    {
        string bare = Namespaces().Replace(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..], "");
        return References().Replace(bare, m => $"{m.Groups[1].Value}{name}-{m.Groups[2].Value}");
    }

    [GeneratedRegex("\\sxmlns(:\\w+)?=\"[^\"]*\"")]
    private static partial Regex Namespaces();

    [GeneratedRegex("(\\sid=\"|url\\(#)([\\w-]+)")]
    private static partial Regex References();
}
