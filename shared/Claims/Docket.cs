namespace Replications.Claims;

/// <summary>What is to be judged: the claims of a profile against the runs that there are, and those that there should be.</summary>
public sealed record Docket
{
    /// <summary>Profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Every claim.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>What the replications say of their experiments; those of a replication that could not be asked are absent.</summary>
    public required IReadOnlyList<ExperimentDescription> Experiments { get; init; }

    /// <summary>The runs.</summary>
    public required ResultsTree Results { get; init; }

    /// <summary>Runs that were asked for. Of an experiment with none among them the stored seeds are judged, or those its claims need where none is stored.</summary>
    public IReadOnlyCollection<RunKey> Asked { get; init; } = [];

    /// <summary>Why a run was not made, for those left out on purpose, for example for want of a GPU. A finished run in its place is not what was asked for, or it would not be left out.</summary>
    public IReadOnlyDictionary<RunKey, string> LeftOut { get; init; } = new Dictionary<RunKey, string>();

    /// <summary>What was ever recorded in the results folder; null where it keeps no list.</summary>
    public RunIndex? Index { get; init; }

    /// <summary>Takes runs of a recipe, or of a claim, that was changed since for what they were, as a comparison of before and after must.</summary>
    public bool AnyRecipe { get; init; }

    /// <summary>What is wrong beyond the runs, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Judges every claim.</summary>
    /// <param name="now">The time that the table is stamped with.</param>
    public VerdictTable Judge(DateTimeOffset now)
    {
        Dictionary<(string Replication, string Experiment), IReadOnlyList<StoredRun>> runs = [];
        IReadOnlyList<StoredRun> RunsOf(string replication, string experiment) =>
            runs.TryGetValue((replication, experiment), out IReadOnlyList<StoredRun>? known)
                ? known
                : runs[(replication, experiment)] = [.. SeedsToJudge(replication, experiment).Select(s => Run(replication, experiment, s))];

        List<VerdictRow> rows = [];
        foreach (Claim claim in Claims.Where(IsExpected))
        {
            IReadOnlyList<StoredRun> asked = RunsOf(claim.Replication, claim.Experiment);
            Judgement judgement = Replications.Claims.Judge.Of(claim, asked);
            rows.Add(new VerdictRow(Profile, claim, judgement with { Explanation = judgement.Explanation + PublishedOtherwise(claim, asked) }, asked));
        }

        List<StoredRun> others =
        [
            .. Experiments.Where(e => e.Profiles.Contains(Profile) && !runs.ContainsKey((e.Replication, e.Experiment)))
                .SelectMany(e => RunsOf(e.Replication, e.Experiment)),
        ];
        others.AddRange(Results.Enumerate(Profile).Where(r => !runs.ContainsKey((r.Key.Replication, r.Key.Experiment))).Select(Listed));
        others.AddRange(Indexed.Where(k => !runs.ContainsKey((k.Replication, k.Experiment))).Select(Results.Find).Where(r => r.Outcome == RunOutcome.Missing).Select(Listed));
        return new VerdictTable(now, rows, others, [.. Problems, .. Strangers()])
        {
            Withdrawn = [.. (Index?.Rows ?? []).Where(r => r.Withdrawn.Length > 0 && r.Key.Profile == Profile)],
        };
    }

    /// <summary>The runs of this profile that the list says are there.</summary>
    private IEnumerable<RunKey> Indexed => (Index?.Rows ?? []).Where(r => r.Withdrawn.Length == 0 && r.Key.Profile == Profile).Select(r => r.Key).Distinct();

    /// <summary>The seeds that an experiment is run with when none are asked for: one in <c>quick</c> or where the value cannot depend on it, else as many as its claims need.</summary>
    /// <param name="profile">Profile.</param>
    /// <param name="replication">Replication name.</param>
    /// <param name="experiment">Experiment name.</param>
    /// <param name="claims">Every claim.</param>
    /// <param name="description">What the replication says of it, if it could be asked.</param>
    public static IReadOnlyList<long> DefaultSeeds(
        string profile, string replication, string experiment, IEnumerable<Claim> claims, ExperimentDescription? description)
    {
        bool one = profile == Profiles.Quick || description is { Deterministic: true };
        int needed = claims.Where(c => c.Replication == replication && c.Experiment == experiment)
            .Select(c => c.Seeds).DefaultIfEmpty(1).Max();
        return SeedList.First(one ? 1 : needed);
    }

    private IEnumerable<long> SeedsToJudge(string replication, string experiment)
    {
        IReadOnlyList<long> stored = Results.SeedsOf(Profile, replication, experiment);
        IReadOnlyList<long> asked = [.. Asked.Where(k => k.Replication == replication && k.Experiment == experiment).Select(k => k.Seed)];
        IReadOnlyList<long> listed = [.. Indexed.Where(k => k.Replication == replication && k.Experiment == experiment).Select(k => k.Seed)];
        if (asked.Count + stored.Count + listed.Count == 0)
        {
            asked = DefaultSeeds(Profile, replication, experiment, Claims, Describe(replication, experiment));
        }

        return asked.Union(stored).Union(listed).Order();
    }

    private StoredRun Run(string replication, string experiment, long seed)
    {
        RunKey key = new(Profile, replication, experiment, seed);
        StoredRun run = Listed(Results.Find(key));
        if (run.Outcome is RunOutcome.Missing or RunOutcome.Succeeded && LeftOut.TryGetValue(key, out string? why))
        {
            return run with { Outcome = RunOutcome.Missing, Record = null, Reason = why };
        }

        if (AnyRecipe && run.Record is { } before)
        {
            run = run with { Record = before with { Declared = [] } };
        }

        if (run.Record is not { } record || Describe(replication, experiment) is not { } description)
        {
            return run;
        }

        return !AnyRecipe && run.Outcome == RunOutcome.Succeeded && description.Outdated(record) is { } constant
            ? run with { Outcome = RunOutcome.Failed, Reason = $"made with a recipe that is no longer the experiment's: {constant}" }
            : run with { Record = record.Completed(description.Defaults) };
    }

    /// <summary>A run as the list of recorded runs has it: neither of the two is silent about what the other holds.</summary>
    private StoredRun Listed(StoredRun run)
    {
        // A comparison takes runs for what they were, whatever they are held to.
        if (Index is null || AnyRecipe)
        {
            return run;
        }

        IReadOnlyList<IndexedRun> rows = Index.Standing(run.Key);
        if (run.Outcome == RunOutcome.Missing)
        {
            return rows.Count == 0 ? run : Failed($"was recorded, says {RunIndex.Name}, and is not there: put it back, or say in the list why it is withdrawn");
        }

        // One that did not end well is what it says itself, and is not to be recorded.
        if (run.Outcome != RunOutcome.Succeeded || run.Record is not { } record)
        {
            return run;
        }

        Claim[] claims = [.. Claims.Where(c => c.Replication == run.Key.Replication && c.Experiment == run.Key.Experiment)];
        Claim?[] unlisted = claims.Length + rows.Count == 0 ? [null] : [.. claims.Where(c => rows.All(r => r.Claim != c.Id))];
        if (unlisted.Length > 0)
        {
            return Failed(rows.Count == 0 && Index.Rows.Any(r => r.Key == run.Key)
                ? $"is withdrawn in {RunIndex.Name} and still there: take it away, or list it again where it was made anew"
                : $"is not listed in {RunIndex.Name}, where this is to be added: {string.Join("; ", unlisted.Select(c => RunIndex.Line(run.Key, c)))}");
        }

        // Records from before runs wrote down what they were held to: the list has it.
        string[] declared = [.. rows.Select(r => r.Declared).Where(d => d.Length > 0)];
        return record.Declared.Count == 0 ? run with { Record = record with { Declared = declared } }
            : declared.FirstOrDefault(d => !record.Declared.Contains(d)) is { } other ? Failed($"was not held to '{other}', as {RunIndex.Name} says, but to '{string.Join("', '", record.Declared)}'")
            : run;

        StoredRun Failed(string reason) => run with { Outcome = RunOutcome.Failed, Reason = reason };
    }

    /// <summary>A published value may have to be corrected; that it was, after a run, is said.</summary>
    private string PublishedOtherwise(Claim claim, IReadOnlyList<StoredRun> runs) =>
        Index is null ? "" : string.Concat(
            from run in runs
            from row in Index.Standing(run.Key)
            where row.Claim == claim.Id && row.Published != claim.Published
            select FormattableString.Invariant($"; the published value was {row.Published} when seed {run.Key.Seed} was recorded"));

    /// <summary>A claim is expected unless its replication says that its experiment has no part in the profile, and no run says otherwise.</summary>
    private bool IsExpected(Claim claim) =>
        Describe(claim.Replication, claim.Experiment) is not { } description
        || description.Profiles.Contains(Profile)
        || Results.SeedsOf(Profile, claim.Replication, claim.Experiment).Count > 0
        || Indexed.Any(k => k.Replication == claim.Replication && k.Experiment == claim.Experiment);

    private IEnumerable<string> Strangers() =>
        from claim in Claims
        where Experiments.Any(e => e.Replication == claim.Replication) && Describe(claim.Replication, claim.Experiment) is null
        select $"claim {claim.Id}: {claim.Replication} has no experiment '{claim.Experiment}'";

    private ExperimentDescription? Describe(string replication, string experiment) =>
        Experiments.FirstOrDefault(e => e.Replication == replication && e.Experiment == experiment);
}
