using Replications.Claims;

namespace Replications.Reporting.Experiments;

/// <summary>All that is known of one experiment in one profile: the claims it answers for and its runs.</summary>
/// <param name="Profile">Profile.</param>
/// <param name="Replication">Replication name.</param>
/// <param name="Name">Experiment name.</param>
/// <param name="Rows">Its judged claims; empty when it answers for none.</param>
/// <param name="Runs">Its runs, by seed, missing ones included.</param>
internal sealed record ExperimentResult(
    string Profile, string Replication, string Name, IReadOnlyList<VerdictRow> Rows, IReadOnlyList<StoredRun> Runs)
{
    /// <summary>Id of its section and name of its files: lower-case letters, digits and dashes.</summary>
    public string Slug { get; } = new([.. $"{Profile}-{Replication}-{Name}".ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);

    /// <summary>The unit of a metric, as its claims or else its runs name it; empty where none does, as for scalars of training.</summary>
    public string Unit(string metric) =>
        Rows.FirstOrDefault(r => r.Claim.Metric == metric)?.Claim.Unit
        ?? Runs.SelectMany(r => r.Record?.Measurements ?? []).FirstOrDefault(m => m.Metric == metric)?.Unit
        ?? "";

    /// <summary>The experiments of a table, in the order they are first met.</summary>
    public static IReadOnlyList<ExperimentResult> Of(VerdictTable table)
    {
        var rows = table.Rows.ToLookup(r => (r.Profile, FirstHalf(r.Claim.Id), r.Claim.Experiment));
        var runs = table.Rows.SelectMany(r => r.Runs).Concat(table.OtherRuns)
            .DistinctBy(r => r.Key).ToLookup(r => (r.Key.Profile, r.Key.Replication, r.Key.Experiment));
        return
        [
            .. rows.Select(g => g.Key).Concat(runs.Select(g => g.Key)).Distinct()
                .Select(k => new ExperimentResult(k.Profile, k.Item2, k.Experiment, [.. rows[k]], [.. runs[k].OrderBy(r => r.Key.Seed)])),
        ];
    }

    private static string FirstHalf(string id) => id.Split('/', 2)[0];
}
