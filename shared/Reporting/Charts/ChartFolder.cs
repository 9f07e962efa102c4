using System.Text.Json;

namespace Replications.Reporting.Charts;

/// <summary>The folder of a report's charts: for each its data, its specification and, where Node is there, its picture.</summary>
/// <param name="folder">The folder.</param>
/// <param name="tools">The installed Vega.</param>
internal sealed class ChartFolder(string folder, VegaTools tools)
{
    /// <summary>Name of the folder in a results folder.</summary>
    public const string Name = "charts";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes figures.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="problem">Null when every picture was rendered; else why not.</param>
    /// <returns>The files written.</returns>
    public IReadOnlyList<string> Write(IReadOnlyList<Figure> figures, out string? problem)
    {
        Directory.CreateDirectory(folder);
        List<string> written = [];
        foreach (Figure figure in figures)
        {
            // A picture of an earlier report must not pass for one of this.
            File.Delete(PathOf(figure.SvgFile));
            WholeFile.Write(PathOf(figure.CsvFile), figure.Csv);
            WholeFile.Write(PathOf(figure.SpecFile), figure.FileSpec().ToJsonString(Readable) + "\n");
            written.AddRange([PathOf(figure.CsvFile), PathOf(figure.SpecFile)]);
        }

        problem = tools.Render([.. figures.Select(f => PathOf(f.SpecFile))]);
        written.AddRange(figures.Select(f => PathOf(f.SvgFile)).Where(File.Exists));
        return written;
    }

    /// <summary>A figure's rendered picture; null when it was not rendered.</summary>
    public string? Svg(Figure figure) => File.Exists(PathOf(figure.SvgFile)) ? File.ReadAllText(PathOf(figure.SvgFile)) : null;

    private string PathOf(string name) => Path.Combine(folder, name);
}
