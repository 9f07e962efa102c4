using System.Globalization;
using Replications.Claims;

namespace Replications.Suite.Plans;

/// <summary>What one seed of an experiment has cost.</summary>
/// <param name="Seconds">Mean wall seconds of the runs that succeeded.</param>
/// <param name="On">What they ran on, in words.</param>
internal sealed record MeasuredCost(double Seconds, string On);

/// <summary>
/// The costs of experiments, measured: those of the results at hand, which this machine made, before those of the ledger. A cost written down
/// by hand would grow old.
/// </summary>
/// <param name="folders">Results folders, the most telling first.</param>
internal sealed class MeasuredCosts(params string[] folders)
{
    private readonly Dictionary<(string, string, string), MeasuredCost?> _known = [];

    /// <summary>The costs that a request can rely on.</summary>
    /// <param name="workplace">Where the ledger lies.</param>
    /// <param name="results">The results at hand.</param>
    public static MeasuredCosts In(Workplace workplace, string results) => new(results, Path.Combine(workplace.Root, "results", "ledger"));

    /// <summary>Cost of one seed; null where it was never measured.</summary>
    /// <param name="profile">Profile.</param>
    /// <param name="experiment">Experiment.</param>
    public MeasuredCost? Of(string profile, ExperimentDescription experiment)
    {
        (string, string, string) name = (profile, experiment.Replication, experiment.Experiment);
        if (!_known.TryGetValue(name, out MeasuredCost? cost))
        {
            cost = folders.Select(f => Read(new ResultsTree(f), name)).FirstOrDefault(c => c is not null);
            _known.Add(name, cost);
        }

        return cost;
    }

    private static MeasuredCost? Read(ResultsTree results, (string Profile, string Replication, string Experiment) name)
    {
        RunRecord[] records =
        [
            .. results.SeedsOf(name.Profile, name.Replication, name.Experiment)
                .Select(seed => results.Find(new RunKey(name.Profile, name.Replication, name.Experiment, seed)))
                .Where(run => run.Outcome == RunOutcome.Succeeded)
                .Select(run => run.Record)
                .OfType<RunRecord>()
                .Where(record => record.Overrides.Count == 0),
        ];
        return records.Length == 0 ? null : new MeasuredCost(records.Average(r => r.Seconds), On(records[0]));
    }

    private static string On(RunRecord record) => record.Engine.Device.StartsWith("cuda", StringComparison.Ordinal) && record.Hardware.Gpu is { } gpu
        ? gpu
        : string.Create(CultureInfo.InvariantCulture, $"{record.Hardware.Cpu}, {record.Engine.Threads} {(record.Engine.Threads == 1 ? "thread" : "threads")}");
}
