using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Replications.Claims;

namespace Replications.Reporting.Tests.Fixtures;

/// <summary>A report written into a folder of its own, and read back as the XML that it also is.</summary>
internal sealed partial class Page : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report").FullName;

    /// <summary>Writes the report of a table made by <paramref name="table"/> for the folder.</summary>
    public Page(Func<string, VerdictTable> table, string? vega = null)
    {
        Table = table(_folder);
        Files = ReportWriter.Write(new ReportInput("paper", Table) { VegaFolder = vega }, _folder);
        Text = File.ReadAllText(Files.Report);
    }

    public VerdictTable Table { get; }

    public ReportFiles Files { get; }

    public string Text { get; }

    /// <summary>The page with its style sheet and scripts cut out.</summary>
    public string Bare => Bodies().Replace(Text, "$1…$3");

    public XElement Xml()
    {
        using var reader = XmlReader.Create(new StringReader(Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XElement.Load(reader);
    }

    public IEnumerable<XElement> All(string name) => Xml().Descendants(name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("(<(?:style|script)[^>]*>)(.*?)(</(?:style|script)>)", RegexOptions.Singleline)]
    private static partial Regex Bodies();
}
