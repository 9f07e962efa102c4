using Replications.Claims;
using Replications.Suite.Catalogues;

namespace Replications.Suite.Commands;

/// <summary>Judges the stored runs of a results folder.</summary>
/// <param name="catalogue">What there is.</param>
/// <param name="results">The results folder.</param>
internal sealed class Judging(Catalogue catalogue, string results)
{
    /// <summary>Runs that were asked for; see <see cref="Docket.Asked"/>.</summary>
    public IReadOnlyCollection<RunKey> Asked { get; init; } = [];

    /// <summary>Why runs were not made.</summary>
    public IReadOnlyDictionary<RunKey, string> LeftOut { get; init; } = new Dictionary<RunKey, string>();

    /// <summary>See <see cref="Docket.AnyRecipe"/>.</summary>
    public bool AnyRecipe { get; init; }

    /// <summary>Judges a profile, or the picked part of it.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="selection">What was picked; null for everything.</param>
    /// <param name="now">The time the table is stamped with.</param>
    public VerdictTable Judge(string profile, Selection? selection, DateTimeOffset now)
    {
        Docket docket = new()
        {
            Profile = profile,
            Claims = selection is null ? catalogue.Claims : [.. catalogue.Claims.Where(selection.Has)],
            Experiments = catalogue.Experiments,
            Results = new ResultsTree(results),
            Asked = Asked,
            LeftOut = LeftOut,
            Index = RunIndex.Of(results),
            AnyRecipe = AnyRecipe,
            Problems =
            [
                .. catalogue.Problems.Where(p => selection is null || selection.HasReplication(p.Replication))
                    .Select(p => $"{p.Replication}: {p.Text}"),
            ],
        };
        VerdictTable table = docket.Judge(now);
        return selection is null ? table : table.Where(selection.Has, run => IsOther(run) && selection.HasExperiment(run.Replication, run.Experiment)) with
        {
            Withdrawn = [.. table.Withdrawn.Where(r => selection.HasExperiment(r.Key.Replication, r.Key.Experiment))],
        };
    }

    /// <summary>With claims left out by a selection, runs that answer for those would pass for runs without claims.</summary>
    private bool IsOther(RunKey run) => !catalogue.Claims.Any(c => c.Replication == run.Replication && c.Experiment == run.Experiment);
}
