using System.Globalization;

namespace Replications.Claims;

/// <summary>The results folder: <c>profile/replication/experiment/seed-n/run.json</c>. The ledger has the same form.</summary>
/// <param name="root">The results folder; need not exist.</param>
public sealed class ResultsTree(string root)
{
    /// <summary>The file in a run folder that the process which makes the run holds locked.</summary>
    public const string LockName = "lock";

    private const string SeedPrefix = "seed-";

    /// <summary>The results folder.</summary>
    public string Root => root;

    /// <summary>The folder of a run, whether or not it exists.</summary>
    /// <param name="key">Which run.</param>
    public string Folder(RunKey key) => Path.Combine(root, Path.Combine(key.Path.Split('/')));

    /// <summary>A run as its folder shows it; a run that was never made is <see cref="RunOutcome.Missing"/>.</summary>
    /// <param name="key">Which run.</param>
    public StoredRun Find(RunKey key)
    {
        string folder = Folder(key);
        string path = Path.Combine(folder, RunRecordFile.Name);
        if (IsHeld(folder))
        {
            return new StoredRun(key, folder, RunOutcome.UnderWay, null, "under way in another process");
        }

        if (!Directory.Exists(folder))
        {
            return new StoredRun(key, folder, RunOutcome.Missing, null, "never run");
        }

        if (!File.Exists(path))
        {
            return new StoredRun(key, folder, RunOutcome.Failed, null, $"its folder has no {RunRecordFile.Name}: killed before it wrote one");
        }

        try
        {
            return Read(key, folder, RunRecordFile.Read(path));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new StoredRun(key, folder, RunOutcome.Failed, null, e.Message);
        }
    }

    /// <summary>Every run folder of a profile, those without a record included, in order.</summary>
    /// <param name="profile">The profile.</param>
    public IReadOnlyList<StoredRun> Enumerate(string profile) =>
    [
        .. from replication in Children(Path.Combine(root, profile))
           from experiment in Children(replication)
           from seed in Seeds(experiment)
           select Find(new RunKey(profile, Path.GetFileName(replication), Path.GetFileName(experiment), seed)),
    ];

    /// <summary>The seeds of an experiment that have a folder, ascending.</summary>
    /// <param name="profile">Profile.</param>
    /// <param name="replication">Replication name.</param>
    /// <param name="experiment">Experiment name.</param>
    public IReadOnlyList<long> SeedsOf(string profile, string replication, string experiment) =>
        [.. Seeds(Path.Combine(root, profile, replication, experiment))];

    private static IEnumerable<long> Seeds(string experiment) =>
        Children(experiment)
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name.StartsWith(SeedPrefix, StringComparison.Ordinal))
            .Select(name => long.TryParse(name.AsSpan(SeedPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long seed) ? seed : -1)
            .Where(seed => seed >= 0)
            .Order();

    private static IEnumerable<string> Children(string folder) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder).Order(StringComparer.Ordinal) : [];

    private static StoredRun Read(RunKey key, string folder, RunRecord record)
    {
        RunKey said = new(record.Profile, record.Replication, record.Experiment, record.Seed);
        if (said != key)
        {
            return new StoredRun(key, folder, RunOutcome.Failed, null, $"its record is of {said.Path}: the folder was moved");
        }

        string? reason = string.IsNullOrEmpty(record.Reason) ? null : record.Reason;
        return record.State switch
        {
            RunState.Succeeded => new StoredRun(key, folder, RunOutcome.Succeeded, record, null),
            RunState.Diverged => new StoredRun(key, folder, RunOutcome.Diverged, record, reason ?? "diverged"),
            RunState.Interrupted => new StoredRun(key, folder, RunOutcome.Interrupted, record, reason ?? "interrupted; the same command, less --fresh, goes on"),
            RunState.Running => new StoredRun(key, folder, RunOutcome.Failed, record, "killed: its record says running, but no process holds its folder"),
            _ => new StoredRun(key, folder, RunOutcome.Failed, record, reason ?? "failed"),
        };
    }

    /// <summary>True when a live process holds the folder's lock: the lock goes with its process, the file may stay.</summary>
    private static bool IsHeld(string folder)
    {
        try
        {
            // A shared lock meets the holder's exclusive one, and is given up at once.
            using FileStream probe = new(Path.Combine(folder, LockName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
