using System.Globalization;

namespace Replications.Claims.Csv;

/// <summary>The cells of one row, read by column name; a bad one is noted with its place and read as something harmless.</summary>
internal sealed class CsvCells(CsvSheet sheet, long line, IReadOnlyList<string> columns, string[] cells)
{
    /// <summary>The row's first line in the file.</summary>
    public long Line => line;

    /// <summary>Text that may be empty.</summary>
    public string Text(string column) => cells[IndexOf(column)];

    /// <summary>Text that may not be empty.</summary>
    public string Required(string column)
    {
        string cell = Text(column);
        if (cell.Length == 0)
        {
            Problem(column, "empty; some text was expected");
        }

        return cell;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string column, params string[] words)
    {
        string cell = Text(column);
        if (!words.Contains(cell, StringComparer.Ordinal))
        {
            Problem(column, $"'{cell}'; one of {string.Join(", ", words)} was expected");
        }

        return cell;
    }

    /// <summary>A finite number with a decimal point.</summary>
    public double Number(string column)
    {
        string cell = Text(column);
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        Problem(column, $"'{cell}'; a finite number such as 88.4 was expected");
        return 1;
    }

    /// <summary>A number above zero.</summary>
    public double Positive(string column)
    {
        double number = Number(column);
        if (number <= 0)
        {
            Problem(column, $"'{Text(column)}'; a number above 0 was expected");
        }

        return number;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Whole(string column, int least, int most)
    {
        string cell = Text(column);
        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(column, string.Create(CultureInfo.InvariantCulture, $"'{cell}'; a whole number from {least} to {most} was expected"));
        return least;
    }

    /// <summary>Notes what is wrong with a cell.</summary>
    public void Problem(string column, string expected) => sheet.Problem(line, column, expected);

    private int IndexOf(string column)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i] == column)
            {
                return i;
            }
        }

        throw new ArgumentException($"no column {column}", nameof(column));
    }
}
