using System.Text.Json;
using Replications.Claims;
using Spectre.Console;

namespace Replications.Suite.Views;

/// <summary>Tables and JSON on the suite's output: plain text without an escape code unless it is a terminal.</summary>
internal static class Tables
{
    // Wide enough for the longest row; a pipe has no width of its own.
    private const int PlainWidth = 240;

    private static readonly JsonSerializerOptions JsonForm = new(RunRecordFile.Options);

    /// <summary>A table with these columns.</summary>
    public static Table Of(params string[] columns)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            bool number = column.StartsWith('>');
            TableColumn head = new(Markup.Escape(column.TrimStart('>'))) { NoWrap = number };
            table.AddColumn(number ? head.RightAligned() : head);
        }

        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));

    /// <summary>Prints a table.</summary>
    public static void Print(Workplace workplace, Table table)
    {
        // Spectre sizes its output by the console it believes to have: all of it is said here.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = workplace.OutIsColoured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = workplace.OutIsColoured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(TextWriter.Null),
        });
        console.Profile.Out = new FixedOutput(workplace.Out, workplace.OutIsTerminal ? workplace.Width : PlainWidth);
        console.Profile.Width = workplace.OutIsTerminal ? workplace.Width : PlainWidth;
        using StringWriter text = new();
        console.Profile.Out = new FixedOutput(text, console.Profile.Width);
        console.Write(table);
        foreach (string line in text.ToString().Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0))
        {
            workplace.Out.WriteLine(line);
        }
    }

    /// <summary>Prints JSON.</summary>
    public static void PrintJson<T>(Workplace workplace, T value) => workplace.Out.WriteLine(JsonSerializer.Serialize(value, JsonForm));

    private sealed class FixedOutput(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => int.MaxValue;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
