using System.CommandLine;
using System.Globalization;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Views;
using Spectre.Console;

namespace Replications.Suite.Commands;

/// <summary><c>compare</c>: two results folders side by side, for example before and after a change.</summary>
internal sealed class CompareVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    private readonly Argument<string> _a = new("A") { Description = "A results folder, for example results." };
    private readonly Argument<string> _b = new("B") { Description = "Another, for example results/ledger." };

    /// <inheritdoc/>
    protected override Command Declare() => new(
        "compare", "Set two results folders side by side, with the 95 % interval of the difference over the seeds that both have. Exit code 1 when a claim has a number in only one of them, or none has any.")
    {
        _a, _b, Options.Profile, Options.Only, Options.Json,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        string profile = Options.ReadProfile(parsed);
        Catalogue catalogue = LoadCatalogue();
        Selection selection = new(parsed.GetValue(Options.Only)!, catalogue);
        Comparison[] rows =
        [
            .. Judge(parsed.GetValue(_a)!, profile, catalogue, selection).Rows
                .Join(
                    Judge(parsed.GetValue(_b)!, profile, catalogue, selection).Rows, a => a.Claim.Id, b => b.Claim.Id, Compare),
        ];
        if (parsed.GetValue(Options.Json))
        {
            Tables.PrintJson(Workplace, rows);
        }
        else
        {
            Table table = Tables.Of("claim", ">A", ">B", ">paired B - A", ">interval", ">seeds", "better", "unit", ">time A", ">time B");
            foreach (Comparison row in rows)
            {
                Tables.Add(
                    table, row.Claim, Number(row.A), Number(row.B), Number(row.Difference?.Mean), Range(row.Difference), Count(row.Difference), Better(row), row.Unit,
                    Length(row.SecondsA), Length(row.SecondsB));
            }

            Tables.Print(Workplace, table);
        }

        Explain(rows);

        // Nothing beside nothing is no comparison.
        if (!rows.Any(r => r.A is not null || r.B is not null))
        {
            Workplace.Error.WriteLine($"neither has a number of profile {profile}; A holds {Held(parsed.GetValue(_a)!)}, B holds {Held(parsed.GetValue(_b)!)}");
            return ExitCode.Failure;
        }

        return rows.Any(r => r.A is null != r.B is null) ? ExitCode.Failure : ExitCode.Success;
    }

    private static Comparison Compare(VerdictRow a, VerdictRow b)
    {
        PairedDifference? difference = PairedDifference.Of(a.Claim, a.Runs, b.Runs);
        return new Comparison(
            a.Claim.Id, a.Judgement.Value, b.Judgement.Value, difference, difference?.Better(a.Claim.Direction), a.Claim.Unit, Seconds(a), Seconds(b), [.. Otherwise(a, b)]);
    }

    /// <summary>How two sets of runs were made otherwise: the first constant that differs, and the precision.</summary>
    private static IEnumerable<string> Otherwise(VerdictRow a, VerdictRow b)
    {
        (RunRecord A, RunRecord B)[] pairs = [.. Records(a).SelectMany(_ => Records(b), (one, other) => (one, other))];
        string[] constants = pairs.Select(p => RecipeDifference.Lines(p.A.Recipe, p.B.Recipe).ToArray()).FirstOrDefault(l => l.Length > 0) ?? [];
        if (constants.Length > 0)
        {
            yield return constants[0] + (constants.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {constants.Length - 1} more") : "");
        }

        if (pairs.FirstOrDefault(p => p.A.Engine.Precision != p.B.Engine.Precision) is { A: { } before, B: { } after })
        {
            yield return $"precision: {before.Engine.Precision} -> {after.Engine.Precision}";
        }
    }

    private static IEnumerable<RunRecord> Records(VerdictRow row) =>
        row.Runs.Where(r => r.Outcome == RunOutcome.Succeeded).Select(r => r.Record).OfType<RunRecord>();

    private void Explain(Comparison[] rows)
    {
        foreach (Comparison row in rows.Where(r => r.Otherwise.Count > 0))
        {
            Workplace.Error.WriteLine($"{row.Claim}: A and B were made otherwise: {string.Join("; ", row.Otherwise)}");
        }

        if (rows.Any(r => r.Difference is not null))
        {
            Workplace.Error.WriteLine("better: on the mean, by the claim's direction; with ? where the interval holds 0 or there is none");
        }

        if (rows.Any(r => r.Difference?.Low is not null))
        {
            Workplace.Error.WriteLine("each interval is 95 % by itself: of forty comparisons where nothing changed, about two leave out 0 by chance");
        }
    }

    private static string Held(string folder) =>
        string.Join(" and ", Profiles.All.Where(p => Directory.Exists(Path.Combine(folder, p)))) is { Length: > 0 } profiles ? profiles : "none";

    private VerdictTable Judge(string folder, string profile, Catalogue catalogue, Selection selection) =>
        Directory.Exists(folder)
            ? new Judging(catalogue, Path.GetFullPath(folder)) { AnyRecipe = true }.Judge(profile, selection, Workplace.Clock.GetUtcNow())
            : throw new UsageException($"compare '{folder}': no such results folder");

    private static double? Seconds(VerdictRow row) => row.ToSummary().Seconds;

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "none";

    private static string Range(PairedDifference? difference) =>
        difference is { Low: { } low, High: { } high } ? $"{Number(low)} to {Number(high)}" : "";

    private static string Count(PairedDifference? difference) => difference?.Seeds.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Better(Comparison row) =>
        row is { Better: { } side, Difference: { } difference } ? side + (difference.IsClear ? "" : "?") : "";

    private static string Length(double? seconds) => seconds is { } length ? Time.Text(length) : "";

    private sealed record Comparison(
        string Claim, double? A, double? B, PairedDifference? Difference, string? Better, string Unit, double? SecondsA, double? SecondsB, IReadOnlyList<string> Otherwise);
}
