using System.Globalization;
using Replications.Claims.Csv;

namespace Replications.Claims;

/// <summary>One recorded run and one claim that it answers for.</summary>
/// <param name="Key">Which run.</param>
/// <param name="Claim">Id of the claim; empty where the experiment has none.</param>
/// <param name="Declared">What it is held to, <see cref="Claim.Declaration"/> when the row was written; empty without a claim.</param>
/// <param name="Published">The published value at that time; null without a claim.</param>
/// <param name="Withdrawn">Why it counts no longer, with the verdict it had; empty while it counts.</param>
public sealed record IndexedRun(RunKey Key, string Claim, string Declared, double? Published, string Withdrawn);

/// <summary>
/// The list of all runs that were ever recorded in a results folder, <c>index.csv</c>. It is added to and not taken from (<c>tests/readme.sh</c> asks its history), so that a recorded
/// run cannot vanish for what it says: a listed one that is gone fails, as does one that is there and not listed; what is withdrawn stays in the list with the reason.
/// </summary>
public sealed class RunIndex
{
    /// <summary>The file's name in a results folder.</summary>
    public const string Name = "index.csv";

    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["profile", "replication", "experiment", "seed", "claim", "declared", "published", "withdrawn"];

    private readonly ILookup<RunKey, IndexedRun> _byRun;

    private RunIndex(IReadOnlyList<IndexedRun> rows)
    {
        Rows = rows;
        _byRun = rows.ToLookup(r => r.Key);
    }

    /// <summary>All rows, in the file's order.</summary>
    public IReadOnlyList<IndexedRun> Rows { get; }

    /// <summary>Reads the index of a results folder.</summary>
    /// <param name="results">The results folder.</param>
    /// <returns>The index; null where the folder has none.</returns>
    /// <exception cref="InvalidDataException">One line for each bad cell: file, line, column and what was expected.</exception>
    public static RunIndex? Of(string results)
    {
        string path = Path.Combine(results, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        CsvSheet sheet = CsvSheet.Read(path, Columns);
        List<IndexedRun> rows = [.. sheet.Rows.Select(Row)];
        HashSet<(RunKey, string)> standing = [];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Withdrawn.Length == 0 && !standing.Add((rows[i].Key, rows[i].Claim)))
            {
                sheet.Rows[i].Problem("seed", $"{rows[i].Key.Path} stands in the list already; one row that is not withdrawn was expected");
            }
        }

        sheet.ThrowIfBad();
        return new RunIndex(rows);
    }

    /// <summary>The rows of a run that count.</summary>
    /// <param name="run">Which run.</param>
    public IReadOnlyList<IndexedRun> Standing(RunKey run) => [.. _byRun[run].Where(r => r.Withdrawn.Length == 0)];

    /// <summary>The row that would list a run for a claim, as the file has it.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="claim">The claim; null where the experiment has none.</param>
    public static string Line(RunKey run, Claim? claim) => FormattableString.Invariant(
        $"{run.Profile},{run.Replication},{run.Experiment},{run.Seed},{claim?.Id},{(claim is null ? "" : $"\"" + claim.Declaration.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")},{claim?.Published},");

    private static IndexedRun Row(CsvCells cells)
    {
        string claim = cells.Text("claim");
        string declared = cells.Text("declared");
        if (claim.Length == 0 != (declared.Length == 0) || claim.Length == 0 != (cells.Text("published").Length == 0))
        {
            cells.Problem("claim", "claim, declared and published; all three or none were expected");
        }

        if (!long.TryParse(cells.Text("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out long seed))
        {
            cells.Problem("seed", $"'{cells.Text("seed")}'; a whole number was expected");
        }

        RunKey key = new(cells.Choice("profile", [.. Profiles.All]), cells.Required("replication"), cells.Required("experiment"), seed);
        return new IndexedRun(key, claim, declared, claim.Length == 0 ? null : cells.Number("published"), cells.Text("withdrawn"));
    }
}
