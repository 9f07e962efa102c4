using System.Text;
using System.Xml;
using System.Xml.Linq;
using Replications.Reporting.Charts;
using Replications.Reporting.Experiments;
using Replications.Reporting.Html.Sections;

namespace Replications.Reporting.Html;

/// <summary>The whole report as one document that needs nothing from outside itself, and is forbidden to ask.</summary>
/// <param name="input">What is reported.</param>
/// <param name="experiments">Its experiments.</param>
/// <param name="charts">The rendered charts.</param>
/// <param name="scripts">Scripts that draw live charts; null when there are none.</param>
internal sealed class ReportPage(
    ReportInput input, IReadOnlyList<ExperimentResult> experiments, ChartFolder charts, IReadOnlyList<(string Licence, string Script)>? scripts)
{
    /// <summary>Nothing may be fetched, by anything. Vega compiles its expressions, hence unsafe-eval.</summary>
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'";

    /// <summary>The verdicts at a glance.</summary>
    public Figure? Overview { get; init; }

    /// <summary>Learning curves by experiment.</summary>
    public required IReadOnlyDictionary<string, Figure> Curves { get; init; }

    /// <summary>The document.</summary>
    /// <param name="problems">What is known to be lacking; the sections add what they find lacking.</param>
    public string Text(ICollection<string> problems)
    {
        XElement[] sections = [.. experiments.Select(e => new ExperimentSection(e, Chart(Curves.GetValueOrDefault(e.Slug)), problems).Element())];
        XElement body = Tag.Of(
            "body",
            HeaderSection.Element(input),
            Tag.Of(
                "main",
                TroubleSection.Element(input.Table, problems),
                VerdictSection.Element(input.Table.Rows, Chart(Overview)),
                LegendSection.Element(),
                Tag.Of("section", Tag.Is("id", "experiments"), Tag.Of("h2", "Experiments"), sections)),
            FooterSection.Element(),
            Scripts());
        XElement html = Tag.Of("html", Tag.Is("lang", "en"), Head(), body);

        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" }))
            html.WriteTo(writer);
        return text.Append('\n').ToString();
    }

    private XElement Head() => Tag.Of(
        "head",
        Tag.Of("meta", Tag.Is("charset", "utf-8")),
        Tag.Of("meta", Tag.Is("http-equiv", "Content-Security-Policy"), Tag.Is("content", Policy)),
        Tag.Of("meta", Tag.Is("name", "viewport"), Tag.Is("content", "width=device-width, initial-scale=1")),
        Tag.Of("meta", Tag.Is("name", "color-scheme"), Tag.Is("content", "light dark")),
        Tag.Of("title", $"Replications: {input.Profile}"),
        Tag.Of("style", new RawText("\n" + Asset("report.css"))));

    private IEnumerable<XElement> Scripts()
    {
        foreach ((string licence, string script) in scripts ?? [])
            yield return Tag.Of("script", RawText.Script($"/*!\n{licence.Replace("*/", "* /", StringComparison.Ordinal)}\n*/\n{script}\n"));
        yield return Tag.Of("script", new RawText($"//<![CDATA[\n{Asset("report.js")}//]]>"));
    }

    private XElement? Chart(Figure? figure) =>
        figure is null ? null : ChartFigure.Element(figure, charts.Svg(figure), scripts is not null);

    private static string Asset(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource '{name}' is not in the assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
