using System.Globalization;
using CsvHelper;

namespace Replications.Reporting.Csv;

/// <summary>CSV as this suite writes it: UTF-8, invariant culture, lines ended by a line feed, quoted only where needed.</summary>
internal static class CsvText
{
    /// <summary>The header line of a record type.</summary>
    public static byte[] Header<T>() => Write<T>(csv => csv.WriteHeader<T>());

    /// <summary>Rows without a header.</summary>
    public static byte[] Rows<T>(IEnumerable<T> rows) =>
        Write<T>(csv =>
        {
            foreach (T row in rows)
                csv.WriteRecord(row);
        });

    /// <summary>Header and rows.</summary>
    public static byte[] Document<T>(IEnumerable<T> rows) => [.. Header<T>(), .. Rows(rows)];

    /// <summary>Reads header and rows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <exception cref="InvalidDataException">It is not of this form; the message names file and line.</exception>
    public static IReadOnlyList<T> Parse<T>(string text, string path)
    {
        var options = CsvReaderOptions.For<T>() with
        {
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        };
        try
        {
            using CsvReader csv = CsvReader.FromText(text, options);
            return [.. csv.GetRecords<T>()];
        }
        catch (KeyNotFoundException e)
        {
            throw new InvalidDataException($"{path}, line 1: {e.Message}", e);
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {e.LineNumber}: {e.Message}"), e);
        }
    }

    private static byte[] Write<T>(Action<CsvWriter> write)
    {
        using var text = new MemoryStream();
        using (CsvWriter csv = CsvWriter.Create(text, CsvWriterOptions.For<T>(), leaveOpen: true))
            write(csv);
        return text.ToArray();
    }
}
