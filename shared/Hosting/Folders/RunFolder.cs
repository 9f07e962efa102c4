using Replications.Claims;
using Replications.Reporting.Metrics;
using Replications.Training.Storage;

namespace Replications.Hosting.Folders;

/// <summary>The folder of one run: <c>results/profile/replication/experiment/seed-n</c>.</summary>
internal sealed class RunFolder
{
    private const string LastName = "last.safetensors";
    private const string SelectedName = "selected.safetensors";
    private readonly Disk _disk;

    /// <summary>Makes the folder.</summary>
    /// <exception cref="StorageException">It cannot be made or written.</exception>
    public RunFolder(Disk disk, string results, RunKey key)
    {
        _disk = disk;
        Path = System.IO.Path.GetFullPath(new ResultsTree(results).Folder(key));
        StorageException.Naming("making the run folder", Path, () => disk.MakeFolder(Path));
    }

    public string Path { get; }

    public string Record => File(RunRecordFile.Name);

    public string Metrics => File(MetricsFile.FileName);

    public string Log => File("log.txt");

    public string Checkpoint => File("checkpoint");

    public string LastWeights => File(LastName);

    public string SelectedWeights => File(SelectedName);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes the run's record whole or not at all.</summary>
    /// <exception cref="StorageException">The disk refused; the old record stands.</exception>
    public void Write(RunRecord record) => WriteWhole(RunRecordFile.Name, to => to.Write(System.Text.Encoding.UTF8.GetBytes(RunRecordFile.ToJson(record))));

    /// <summary>Writes a file of the folder whole or not at all.</summary>
    /// <returns>SHA-256 of the content, lower-case hexadecimal.</returns>
    /// <exception cref="StorageException">The disk refused; the old file stands.</exception>
    public string WriteWhole(string name, Action<Stream> write) => WholeFile.Replace(_disk, File(name), write);

    /// <summary>Whether an earlier start left checkpoints.</summary>
    public bool HasCheckpoints => Directory.Exists(Checkpoint) && Directory.EnumerateFileSystemEntries(Checkpoint).Any();

    /// <summary>
    /// Removes everything of an earlier run but its log and its checkpoints, the record first: whatever interrupts this, no record speaks of files that are gone.
    /// </summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    public void Clear() => StorageException.Naming("clearing the run folder", Path, () =>
    {
        _disk.DeleteFile(Record);
        _disk.SyncFolder(Path);
        string[] kept = [ResultsTree.LockName, System.IO.Path.GetFileName(Log)];
        foreach (string file in Directory.EnumerateFiles(Path).Where(f => !kept.Contains(System.IO.Path.GetFileName(f))))
            _disk.DeleteFile(file);
    });

    /// <summary>Reads the record of an earlier start.</summary>
    /// <returns>Null when there was none.</returns>
    /// <exception cref="InvalidDataException">It cannot be read; names the file.</exception>
    public RunRecord? Earlier() => System.IO.File.Exists(Record) ? RunRecordFile.Read(Record) : null;
}
