using System.Text.Json.Nodes;

namespace Replications.Claims;

/// <summary>What a replication says of one of its experiments without running it: the answer to <c>describe</c>.</summary>
/// <param name="Replication">Replication name.</param>
/// <param name="Experiment">Experiment name.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Dataset">Data-set id.</param>
/// <param name="Profiles">Profiles it belongs to.</param>
/// <param name="Reduced">Profiles in which its recipe differs from the paper's.</param>
/// <param name="Deterministic">True when its value cannot depend on the seed.</param>
/// <param name="Needs"><c>cpu</c> or <c>gpu</c>, for the paper's recipe.</param>
public sealed record ExperimentDescription(
    string Replication, string Experiment, string Title, string Dataset,
    IReadOnlyList<string> Profiles, IReadOnlyList<string> Reduced, bool Deterministic, string Needs)
{
    /// <summary>Why no published number is asked of it; null where there is one.</summary>
    public string? Unpublished { get; init; }

    /// <summary>The resolved recipe by profile, as a run writes it into run.json: tells whether a finished run is still the one that is asked for.</summary>
    public IReadOnlyDictionary<string, JsonObject> Recipes { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>What each constant is where a recipe does not set it; see <see cref="RunRecord.Completed"/>.</summary>
    public JsonObject Defaults { get; init; } = [];

    /// <summary>The first constant in which a run's recipe is not the profile's of today.</summary>
    /// <param name="record">The run's record.</param>
    /// <returns>Name and both values; null for a run of today's recipe, whatever was changed by hand besides.</returns>
    public string? Outdated(RunRecord record)
    {
        // A run that constants were changed for by hand, and that arrived at the paper's recipe so, is held to all of that.
        bool papers = !record.Reduced && record.Overrides.Count > 0 && !Reduced.Contains(Claims.Profiles.Paper);
        return Recipes.TryGetValue(papers ? Claims.Profiles.Paper : record.Profile, out JsonObject? now)
            ? RecipeDifference.Lines(record.Completed(Defaults).Recipe, now, aside: papers ? [] : record.Overrides).FirstOrDefault()
            : null;
    }
}
