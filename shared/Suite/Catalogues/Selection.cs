using System.IO.Enumeration;
using Replications.Claims;

namespace Replications.Suite.Catalogues;

/// <summary>What <c>--only</c> picks: globs on a replication, on replication/experiment, or on a claim's id. Without globs, everything.</summary>
internal sealed class Selection
{
    private readonly IReadOnlyList<string> _globs;
    private readonly Catalogue _catalogue;

    /// <summary>Makes a selection; every glob must pick something.</summary>
    /// <param name="only">The globs as typed, comma lists allowed.</param>
    /// <param name="catalogue">What there is.</param>
    public Selection(IEnumerable<string> only, Catalogue catalogue)
    {
        _catalogue = catalogue;
        string[] typed = [.. only];
        _globs = [.. typed.SelectMany(o => o.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (typed.Length > 0 && _globs.Count == 0)
        {
            throw new UsageException($"--only '{typed[0]}': no replication, experiment or claim is named; without --only everything is picked");
        }

        string[] names =
        [
            .. catalogue.Replications,
            .. catalogue.Experiments.Select(Name),
            .. catalogue.Claims.Select(c => c.Id),
            .. catalogue.Claims.Select(c => $"{c.Replication}/{c.Experiment}"),
        ];
        foreach (string glob in _globs.Where(g => !names.Any(n => Matches(g, n))))
        {
            // A name with a slash is looked for among names with one, so that a long id is not answered with a short one.
            IEnumerable<string> near = names.Where(n => n.Contains('/', StringComparison.Ordinal) == glob.Contains('/', StringComparison.Ordinal));
            throw new UsageException($"--only '{glob}': no such replication, experiment or claim; {(NearestName.Of(glob, near) is { } name ? $"did you mean '{name}'?" : "'list' shows them")}");
        }
    }

    /// <summary>True when a claim is picked.</summary>
    public bool Has(Claim claim) =>
        _globs.Count == 0
        || _globs.Any(g => Matches(g, claim.Id) || Matches(g, claim.Replication) || Matches(g, $"{claim.Replication}/{claim.Experiment}"));

    /// <summary>True when an experiment is picked, by its own name or by one of its claims.</summary>
    public bool Has(ExperimentDescription experiment) =>
        HasExperiment(experiment.Replication, experiment.Experiment) || _catalogue.ClaimsOf(experiment).Any(Has);

    /// <summary>True when runs of an experiment are picked by name.</summary>
    public bool HasExperiment(string replication, string experiment) =>
        _globs.Count == 0 || _globs.Any(g => Matches(g, replication) || Matches(g, $"{replication}/{experiment}"));

    /// <summary>True when runs of an experiment are picked, by name or, where its replication still has it, by one of its claims.</summary>
    public bool HasRuns(string replication, string experiment) =>
        _catalogue.Experiments.FirstOrDefault(e => e.Replication == replication && e.Experiment == experiment) is { } known
            ? Has(known)
            : HasExperiment(replication, experiment);

    /// <summary>True when something of a replication is picked.</summary>
    public bool HasReplication(string replication) =>
        _globs.Count == 0 || _globs.Any(g => Matches(g.Split('/')[0], replication));

    private static string Name(ExperimentDescription experiment) => $"{experiment.Replication}/{experiment.Experiment}";

    private static bool Matches(string glob, string name) => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: true);
}
