using System.Globalization;
using Replications.Claims.Csv;

namespace Replications.Claims;

/// <summary>One value that a run is expected to give again.</summary>
/// <param name="Profile">Profile of the run.</param>
/// <param name="Replication">Replication name.</param>
/// <param name="Experiment">Experiment name.</param>
/// <param name="Claim">Claim id it belongs to; empty for a value that no claim is about.</param>
/// <param name="Metric">Metric name.</param>
/// <param name="Split">Split.</param>
/// <param name="Checkpoint"><c>last</c> or <c>selected</c>.</param>
/// <param name="Value">The value expected of seed 1.</param>
/// <param name="Tolerance">Largest difference, either way, that is no regression.</param>
/// <param name="Reason">Why the tolerance is what it is.</param>
public sealed record ReferenceRow(
    string Profile, string Replication, string Experiment, string Claim, string Metric, string Split, string Checkpoint,
    double Value, double Tolerance, string Reason);

/// <summary>What a reference table says of stored results.</summary>
/// <param name="Faults">Rows that are missing or out of tolerance, one sentence each; the check holds when there are none.</param>
/// <param name="Agreed">How many rows agreed.</param>
/// <param name="Added">Values that no row speaks of, tolerance 0 and without a reason.</param>
public sealed record ReferenceCheck(IReadOnlyList<string> Faults, int Agreed, IReadOnlyList<ReferenceRow> Added);

/// <summary>A table of expected values, for example <c>data/reference/quick.csv</c>: the regression check of the suite.</summary>
public static class ReferenceTable
{
    /// <summary>The seed whose run is compared: a reference value is of one run, not of a mean.</summary>
    public const long Seed = 1;

    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["profile", "replication", "experiment", "claim", "metric", "split", "checkpoint", "value", "tolerance", "reason"];

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">One line for each bad cell.</exception>
    public static IReadOnlyList<ReferenceRow> Read(string path)
    {
        CsvSheet sheet = CsvSheet.Read(path, Columns);
        List<ReferenceRow> rows = [.. sheet.Rows.Select(Row)];
        HashSet<string> seen = [];
        for (int i = 0; i < rows.Count; i++)
        {
            if (!seen.Add(Name(rows[i])))
            {
                sheet.Rows[i].Problem("metric", $"{Name(rows[i])} stands in the table already");
            }
        }

        sheet.ThrowIfBad();
        return rows;
    }

    /// <summary>Compares stored runs with a table, in both directions.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="judged">The results, judged.</param>
    public static ReferenceCheck Check(IReadOnlyList<ReferenceRow> rows, VerdictTable judged)
    {
        Dictionary<RunKey, StoredRun> runs = [];
        foreach (StoredRun run in judged.Rows.SelectMany(r => r.Runs).Concat(judged.OtherRuns).Where(r => r.Key.Seed == Seed))
        {
            runs[run.Key] = run;
        }

        List<string> faults = [];
        foreach (ReferenceRow row in rows)
        {
            if (Fault(row, runs.GetValueOrDefault(new RunKey(row.Profile, row.Replication, row.Experiment, Seed))) is { } fault)
            {
                faults.Add($"{Name(row)}: {fault}");
            }
        }

        return new ReferenceCheck(faults, rows.Count - faults.Count, Added(rows, judged));
    }

    private static string? Fault(ReferenceRow row, StoredRun? run)
    {
        if (run is not { Outcome: RunOutcome.Succeeded, Record: { } record })
        {
            return run?.Reason ?? string.Create(CultureInfo.InvariantCulture, $"no run of seed {Seed}");
        }

        if (Otherwise(record) is { } otherwise)
        {
            return otherwise;
        }

        MeasurementRecord? found = record.Measurements.FirstOrDefault(m =>
            m.Metric == row.Metric && m.Split == row.Split && m.Checkpoint == row.Checkpoint);
        if (found is null)
        {
            return "the run did not record it";
        }

        // Written so that a value that is not a number fails too.
        return Math.Abs(found.Value - row.Value) <= row.Tolerance
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{found.Value} is not {row.Value} ± {row.Tolerance} {found.Unit} ({row.Reason})");
    }

    /// <summary>How a run was made that a table does not speak of; null where it does.</summary>
    private static string? Otherwise(RunRecord record) =>
        record.Overrides.Count > 0 ? $"made with constants changed by hand: {string.Join(", ", record.Overrides.Select(o => o.Key))}"
        : record.Engine.Precision != Precisions.Float32 ? $"made with {record.Engine.Precision} products"
        : null;

    private static List<ReferenceRow> Added(IReadOnlyList<ReferenceRow> rows, VerdictTable judged)
    {
        HashSet<string> known = [.. rows.Select(Name)];
        List<ReferenceRow> added = [];
        foreach (VerdictRow row in judged.Rows)
        {
            Claim claim = row.Claim;
            RunRecord? record = row.Runs.FirstOrDefault(r => r.Key.Seed == Seed)?.Record;
            MeasurementRecord? found = record?.Measurements.FirstOrDefault(m =>
                m.Metric == claim.Metric && m.Split == claim.Split && m.Checkpoint == claim.Checkpoint);
            if (found is not null && Otherwise(record!) is null)
            {
                ReferenceRow candidate = new(
                    row.Profile, claim.Replication, claim.Experiment, claim.Id, claim.Metric, claim.Split, claim.Checkpoint, found.Value, 0, "");
                if (known.Add(Name(candidate)))
                {
                    added.Add(candidate);
                }
            }
        }

        return added;
    }

    private static ReferenceRow Row(CsvCells cells)
    {
        double tolerance = cells.Number("tolerance");
        if (tolerance < 0)
        {
            cells.Problem("tolerance", $"'{cells.Text("tolerance")}'; a number of at least 0 was expected");
        }

        return new ReferenceRow(
            cells.Choice("profile", [.. Profiles.All]), cells.Required("replication"), cells.Required("experiment"), cells.Text("claim"), cells.Required("metric"),
            cells.Choice("split", "train", "valid", "test"), cells.Choice("checkpoint", "last", "selected"),
            cells.Number("value"), tolerance, cells.Required("reason"));
    }

    private static string Name(ReferenceRow row) => $"{row.Profile} {row.Replication}/{row.Experiment} {row.Metric} on {row.Split} ({row.Checkpoint})";
}
