using System.Globalization;
using System.Text;
using Replications.Claims;

namespace Replications.Reporting.Markdown;

/// <summary>The verdict table as Markdown, kept between two markers of a README so that it can be written again and compared.</summary>
public static class ResultTable
{
    /// <summary>The line before the table.</summary>
    public const string Begin = "<!-- results:begin -->";

    /// <summary>The line after the table.</summary>
    public const string End = "<!-- results:end -->";

    /// <summary>The table, one row per claim in the given order, and a line for what was withdrawn of a claim; each line ended.</summary>
    /// <param name="table">The judged claims.</param>
    public static string Markdown(VerdictTable table)
    {
        var text = new StringBuilder();
        text.Append("| Claim | Published in | Data set | Metric | Published | Margin | Ours | Interval over | Verdict |\n");
        text.Append("|---|---|---|---|--:|--:|--:|---|---|\n");
        foreach (VerdictRow row in table.Rows)
        {
            Claim claim = row.Claim;
            string[] cells =
            [
                claim.Folder.Length == 0 ? $"`{claim.Id}`" : $"[`{claim.Id}`](replications/{claim.Folder}/README.md)",
                Cited(claim),
                Escaped(claim.Dataset),
                $"{Escaped(claim.Metric)}, {Escaped(claim.Unit)} {Words.Arrow(claim.Direction)}",
                Numbers.Published(claim),
                "± " + Numbers.Published(claim.Margin),
                Ours(row),
                Escaped(row.Judgement.IntervalKind),
                $"**{row.Judgement.Verdict.Text()}**",
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        foreach ((string claim, string what) in Words.Withdrawn(table))
            text.Append(CultureInfo.InvariantCulture, $"\n`{claim}`, {Escaped(what)}\n");

        return text.ToString();
    }

    /// <summary>Puts a table between the markers of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="table">What <see cref="Markdown"/> gave.</param>
    /// <exception cref="InvalidDataException">The document has not each marker once, in order.</exception>
    public static string Insert(string document, string table)
    {
        (int start, int end) = Between(document);
        return document[..start] + "\n" + table + document[end..];
    }

    /// <summary>The table that stands between the markers of a document.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="InvalidDataException">The document has not each marker once, in order.</exception>
    public static string Extract(string document)
    {
        (int start, int end) = Between(document);
        return document[start..end].TrimStart('\n');
    }

    private static (int Start, int End) Between(string document)
    {
        int begin = document.IndexOf(Begin, StringComparison.Ordinal);
        int end = document.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin
            || document.LastIndexOf(Begin, StringComparison.Ordinal) != begin
            || document.LastIndexOf(End, StringComparison.Ordinal) != end)
        {
            throw new InvalidDataException($"the document must have '{Begin}' and, after it, '{End}', each once");
        }

        return (begin + Begin.Length, end);
    }

    private static string Cited(Claim claim)
    {
        string text = Escaped($"{claim.Paper}, {claim.Table}");
        return Words.Address(claim) is { } address ? $"[{text}]({Destination(address)})" : text;
    }

    /// <summary>An address as the destination of a link: what would end it, or its cell, is percent-encoded.</summary>
    private static string Destination(string address)
    {
        var safe = new StringBuilder(address.Length);
        foreach (char c in address)
            safe.Append(c is <= ' ' or '(' or ')' or '<' or '>' or '|' or '\\' ? Uri.HexEscape(c) : c.ToString());
        return safe.ToString();
    }

    private static string Ours(VerdictRow row)
    {
        Judgement j = row.Judgement;
        if (j.Value is not { } value)
            return "–";
        string text = Numbers.Measured(value, row.Claim.Margin);
        return j.Low is { } low && j.High is { } high && low < high
            ? $"{text} [{Numbers.Measured(low, row.Claim.Margin)}, {Numbers.Measured(high, row.Claim.Margin)}]"
            : text;
    }

    /// <summary>Text that stays text inside a table cell.</summary>
    private static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            safe.Append(c switch
            {
                '\n' or '\r' or '\t' => " ",
                '<' => "&lt;",
                '&' => "&amp;",
                '\\' or '|' or '`' or '*' or '_' or '[' or ']' => "\\" + c,
                _ => c.ToString(),
            });
        }

        return safe.ToString();
    }
}
