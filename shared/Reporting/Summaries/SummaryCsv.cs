using Replications.Claims;
using Replications.Reporting.Csv;

namespace Replications.Reporting.Summaries;

/// <summary><c>summary.csv</c>: one row per claim and profile; also the form of the reference tables in <c>data/reference</c>.</summary>
public static class SummaryCsv
{
    /// <summary>Name of the file in a results folder.</summary>
    public const string FileName = "summary.csv";

    /// <summary>Writes the file whole: to a temporary name first, so that nobody reads half of it.</summary>
    /// <param name="path">The file; its folder is made if it is not there.</param>
    /// <param name="rows">The rows, in order.</param>
    public static void Write(string path, IEnumerable<SummaryRow> rows) => WholeFile.Write(path, CsvText.Document(rows));

    /// <summary>The file's text.</summary>
    /// <param name="rows">The rows, in order.</param>
    public static string Text(IEnumerable<SummaryRow> rows) => System.Text.Encoding.UTF8.GetString(CsvText.Document(rows));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not of this form; the message names file and line.</exception>
    public static IReadOnlyList<SummaryRow> Read(string path) => CsvText.Parse<SummaryRow>(File.ReadAllText(path), path);
}
