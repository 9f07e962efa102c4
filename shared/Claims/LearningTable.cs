using System.Globalization;
using Replications.Claims.Csv;

namespace Replications.Claims;

/// <summary>The loss that a small configuration of an experiment is expected to have after some updates.</summary>
/// <param name="Replication">Replication name.</param>
/// <param name="Experiment">Experiment name.</param>
/// <param name="Configuration">Name of the configuration.</param>
/// <param name="Updates">Updates made.</param>
/// <param name="Seed">Training seed.</param>
/// <param name="Precision">Arithmetic of the products: <c>float32</c> or <c>bfloat16</c>.</param>
/// <param name="Loss">The loss expected, in the unit the experiment trains in.</param>
/// <param name="Mistake">The loss of the configuration with its mistake; null until it is measured, which a test refuses.</param>
/// <param name="Tolerance">Largest difference of either loss, either way, that is no regression.</param>
/// <param name="Reason">Why the tolerance is what it is.</param>
public sealed record LearningRow(
    string Replication, string Experiment, string Configuration, int Updates, long Seed, string Precision, double Loss, double? Mistake, double Tolerance, string Reason);

/// <summary><c>data/reference/learning.csv</c>: losses after few updates, so that a change that hurts learning is seen without a whole training.</summary>
public static class LearningTable
{
    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["replication", "experiment", "configuration", "updates", "seed", "precision", "loss", "mistake", "tolerance", "reason"];

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">One line for each bad cell.</exception>
    public static IReadOnlyList<LearningRow> Read(string path)
    {
        CsvSheet sheet = CsvSheet.Read(path, Columns);
        List<LearningRow> rows = [.. sheet.Rows.Select(Row)];
        HashSet<(string, string, long, string)> seen = [];
        for (int i = 0; i < rows.Count; i++)
        {
            if (!seen.Add((rows[i].Replication, rows[i].Experiment, rows[i].Seed, rows[i].Precision)))
            {
                sheet.Rows[i].Problem("seed", string.Create(CultureInfo.InvariantCulture, $"seed {rows[i].Seed} in {rows[i].Precision} stands in the table already"));
            }
        }

        sheet.ThrowIfBad();
        return rows;
    }

    /// <summary>The text of a table.</summary>
    /// <param name="rows">The rows, in order.</param>
    public static string Text(IEnumerable<LearningRow> rows) => string.Join(',', Columns) + "\n" + string.Concat(rows.Select(r => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Replication},{r.Experiment},{r.Configuration},{r.Updates},{r.Seed},{r.Precision},{r.Loss:R},{r.Mistake:R},{r.Tolerance:R},\"{r.Reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));

    private static LearningRow Row(CsvCells cells)
    {
        double tolerance = cells.Number("tolerance");
        if (tolerance < 0)
        {
            cells.Problem("tolerance", $"'{cells.Text("tolerance")}'; a number of at least 0 was expected");
        }

        double? mistake = cells.Text("mistake").Length == 0 ? null : cells.Number("mistake");
        return new LearningRow(
            cells.Required("replication"), cells.Required("experiment"), cells.Required("configuration"), cells.Whole("updates", 1, 1_000_000),
            cells.Whole("seed", 0, int.MaxValue), cells.Choice("precision", [.. Precisions.All]), cells.Number("loss"), mistake, tolerance, cells.Required("reason"));
    }
}
