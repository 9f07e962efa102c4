using System.Globalization;
using Replications.Claims;
using Spectre.Console;

namespace Replications.Suite.Views;

/// <summary>Prints a verdict table and what there is to say about it.</summary>
/// <param name="workplace">Whom to tell.</param>
internal sealed class VerdictView(Workplace workplace)
{
    private static readonly Verdict[] InOrder = Enum.GetValues<Verdict>();

    /// <summary>Prints the table to the output.</summary>
    public void Print(VerdictTable table)
    {
        Table rows = Tables.Of("claim", "verdict", ">ours", ">interval", ">published", ">margin", "unit", "interval over", ">time");
        foreach (VerdictRow row in table.Rows)
        {
            SummaryRow summary = row.ToSummary();
            Judgement judged = row.Judgement;
            rows.AddRow(
                new Text(row.Claim.Id), new Text(judged.Verdict.Text(), Colour(judged.Verdict)), new Text(Number(judged.Value)),
                new Text(judged.Low is null ? "" : $"{Number(judged.Low)} to {Number(judged.High)}"),
                new Text(Number(row.Claim.Published) + row.Claim.Evidence.Note()), new Text("± " + Number(row.Claim.Margin)), new Text(row.Claim.Unit),
                new Text(judged.IntervalKind), new Text(summary.Seconds is { } seconds ? Time.Text(seconds) : ""));
        }

        Tables.Print(workplace, rows);
    }

    /// <summary>Says what the verdicts come to, and why each is no plain success.</summary>
    public void Explain(VerdictTable table)
    {
        foreach (VerdictRow row in table.Rows.Where(r => r.Judgement.Verdict is not (Verdict.Replicated or Verdict.Reduced)))
        {
            workplace.Error.WriteLine($"{row.Claim.Id}: {row.Judgement.Verdict.Text()}: {row.Judgement.Explanation}");
        }

        foreach (StoredRun run in table.OtherRuns.Where(r => r.Outcome != RunOutcome.Succeeded))
        {
            workplace.Error.WriteLine($"{run.Key.Path}: {run.Outcome.ToString().ToLowerInvariant()}: {run.Reason}");
        }

        foreach (IndexedRun gone in table.Withdrawn)
        {
            workplace.Error.WriteLine($"{gone.Key.Path}: withdrawn: {gone.Withdrawn}");
        }

        foreach (string problem in table.Problems)
        {
            workplace.Error.WriteLine(problem);
        }

        workplace.Error.WriteLine(Count(table));
    }

    private static string Count(VerdictTable table)
    {
        IEnumerable<string> counts = InOrder
            .Select(v => (Verdict: v, Count: table.Rows.Count(r => r.Judgement.Verdict == v)))
            .Where(c => c.Count > 0)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Verdict.Text()}"));
        return string.Create(CultureInfo.InvariantCulture, $"{table.Rows.Count} claims: {string.Join(", ", counts.DefaultIfEmpty("none"))}");
    }

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    /// <summary>How a verdict is coloured where there are colours.</summary>
    internal static Style Colour(Verdict verdict) => verdict switch
    {
        Verdict.Replicated => new Style(Color.Green),
        Verdict.Exceeded or Verdict.Inconclusive => new Style(Color.Yellow),
        Verdict.Reduced => new Style(Color.Blue),
        _ => new Style(Color.Red),
    };
}
