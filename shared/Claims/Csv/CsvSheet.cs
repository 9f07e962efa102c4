using System.Globalization;
using CsvHelper;

namespace Replications.Claims.Csv;

/// <summary>A CSV file with a fixed header, read whole; what is wrong in it is gathered and told at once.</summary>
internal sealed class CsvSheet
{
    private readonly List<string> _problems = [];

    private CsvSheet(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its rows, header left out.</summary>
    public List<CsvCells> Rows { get; } = [];

    /// <summary>Reads a file whose header must be exactly <paramref name="columns"/>.</summary>
    public static CsvSheet Read(string path, IReadOnlyList<string> columns)
    {
        CsvSheet sheet = new(path);
        CsvReaderOptions options = CsvReaderOptions.Default with
        {
            Separator = ',',
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            FormatProvider = CultureInfo.InvariantCulture,
            OnMalformedRecord = bad => sheet.Problem(bad.LineNumber, "", $"bad quoting ({bad.Reason})"),
        };
        using CsvReader reader = CsvReader.FromText(File.ReadAllText(path), options);
        if (!reader.Read())
        {
            throw new InvalidDataException($"{path}: empty; the header must be {string.Join(',', columns)}");
        }

        sheet.CheckHeader(reader.Current.ToArray(), columns);
        while (reader.Read())
        {
            string[] cells = reader.Current.ToArray();
            if (cells.Length == columns.Count)
            {
                sheet.Rows.Add(new CsvCells(sheet, reader.LineNumber, columns, cells));
            }
            else
            {
                sheet.Problem(reader.LineNumber, "", $"{cells.Length} cells where {columns.Count} were expected");
            }
        }

        return sheet;
    }

    /// <summary>Notes something wrong.</summary>
    public void Problem(long line, string column, string expected) =>
        _problems.Add(string.Create(
            CultureInfo.InvariantCulture, $"{Path}:{line}{(column.Length == 0 ? "" : $", column {column}")}: {expected}"));

    /// <summary>Throws when something wrong was noted.</summary>
    public void ThrowIfBad()
    {
        if (_problems.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', _problems));
        }
    }

    private void CheckHeader(string[] header, IReadOnlyList<string> columns)
    {
        if (header.SequenceEqual(columns))
        {
            return;
        }

        int at = 0;
        while (at < header.Length && at < columns.Count && header[at] == columns[at])
        {
            at++;
        }

        string found = at < header.Length ? $"'{header[at]}'" : "nothing";
        string expected = at < columns.Count ? $"'{columns[at]}'" : "nothing";
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"{Path}:1: header column {at + 1} is {found}, expected {expected}; the header must be {string.Join(',', columns)}"));
    }
}
