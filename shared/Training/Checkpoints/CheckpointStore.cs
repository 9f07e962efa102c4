using System.Globalization;
using System.Text;
using System.Text.Json;
using Replications.Claims;
using Replications.Training.Loop;
using Replications.Training.Storage;
using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>
/// The checkpoints of a run: the last two good ones, each a folder <c>step-N.M</c> of <c>state.safetensors</c>,
/// <c>state.json</c> and <c>SHA256SUMS</c> (which <c>sha256sum -c</c> reads), and the selected weights they refer to. Written
/// under another name, flushed, renamed: a crash at any moment leaves the old ones or the new one, never a part.
/// </summary>
/// <param name="disk">The disk.</param>
/// <param name="folder">The run's <c>checkpoint</c> folder.</param>
/// <param name="say">Receives warnings.</param>
public sealed class CheckpointStore(Disk disk, string folder, Action<string> say)
{
    private const int Kept = 2;
    private const string Tensors = "state.safetensors";
    private const string Loop = "state.json";
    private const string Sums = "SHA256SUMS";
    private string? _saved;

    private string Writing => Path.Combine(folder, ".writing");

    /// <summary>Forgets every checkpoint, in one step.</summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    public void Clear()
    {
        string discarded = $"{folder}.discarded";
        StorageException.Naming("discarding the old checkpoints", folder, () =>
        {
            if (Directory.Exists(discarded))
                disk.DeleteFolder(discarded);
            if (!Directory.Exists(folder))
                return;
            disk.RenameFolder(folder, discarded);
            disk.DeleteFolder(discarded);
        });
        _saved = null;
    }

    /// <summary>Refuses to begin where two checkpoints and one in the making cannot fit beside those that lie there already.</summary>
    /// <param name="image">The state.</param>
    /// <param name="selects">True when each of them may have selected weights of its own beside it.</param>
    /// <exception cref="StorageException">There is too little space; says how much is needed.</exception>
    internal void RequireSpace(SubjectImage image, bool selects)
    {
        StorageException.Naming("making the checkpoint folder", folder, () => disk.MakeFolder(folder));
        // What was set aside as damaged stays.
        long there = Folders().Append(Writing).Append(folder).Where(Directory.Exists).Sum(f => new DirectoryInfo(f).EnumerateFiles().Sum(file => file.Length));
        long needed = Math.Max(0, ((Kept + 1) * (image.ByteCount + (selects ? image.WeightBytes : 0))) - there);
        long free = disk.FreeBytes(folder);
        if (free < needed)
            throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"no space left on the disk for checkpoints in {folder}: {needed / 1e6:F0} MB needed, {free / 1e6:F0} MB free"));
    }

    /// <summary>Saves, unless this position is saved already.</summary>
    /// <param name="state">Where the loop stands; receives the hash of the selected weights.</param>
    /// <param name="image">The subject's state.</param>
    /// <param name="selected">Copies of the selected weights; null without.</param>
    /// <exception cref="StorageException">The disk refused; earlier checkpoints are as they were.</exception>
    internal void Save(LoopState state, SubjectImage image, Tensor[]? selected)
    {
        string position = state.Position();
        if (position == _saved)
            return;
        StorageException.Naming($"saving the checkpoint {position} (earlier ones are intact)", folder, () => Write(position, state, image, selected));
        _saved = position;
        Prune();
    }

    /// <summary>Restores the newest checkpoint that is whole.</summary>
    /// <param name="image">Receives the state.</param>
    /// <param name="selected">Copies of the selected weights; null without. The caller disposes them.</param>
    /// <returns>Where the loop stood; null when there is no checkpoint.</returns>
    /// <exception cref="CheckpointException">There are checkpoints and none is whole.</exception>
    internal LoopState? Load(SubjectImage image, out Tensor[]? selected)
    {
        selected = null;
        var problems = new List<string>();
        foreach (string path in Folders())
        {
            try
            {
                LoopState state = Verified(path);
                selected = LoadSelected(state, image);
                using var file = new SafetensorsFile(Path.Combine(path, Tensors));
                image.Restore(file, state.Counters);
                problems.ForEach(p => say($"{p}; going back to {Path.GetFileName(path)}"));
                Quarantine(problems.Count);
                _saved = state.Position();
                return state;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or JsonException or UnauthorizedAccessException or ArgumentException)
            {
                Array.ForEach(selected ?? [], copy => copy.Dispose());
                selected = null;
                problems.Add($"the checkpoint {Path.GetFileName(path)} cannot be used: {e.Message}");
            }
        }

        return problems.Count == 0 ? null : throw new CheckpointException(
            $"no checkpoint in {folder} can be used ({string.Join("; ", problems)}); nothing was changed, begin again with --fresh");
    }

    private void Write(string position, LoopState state, SubjectImage image, Tensor[]? selected)
    {
        disk.MakeFolder(folder);
        if (selected is not null && state.Selected is { Sha256: "" })
            state.Selected = state.Selected with { Sha256 = WriteSelected(state.Selected, image, selected) };
        state.Counters.Clear();
        foreach ((string name, long value) in image.Counters)
            state.Counters[name] = value;

        string writing = Writing;
        if (Directory.Exists(writing))
            disk.DeleteFolder(writing);
        disk.MakeFolder(writing);
        string tensors = WholeFile.Write(disk, Path.Combine(writing, Tensors), image.Write);
        string loop = WholeFile.Write(disk, Path.Combine(writing, Loop), to => JsonSerializer.Serialize(to, state, RunRecordFile.Options));
        WholeFile.Write(disk, Path.Combine(writing, Sums), to => to.Write(Encoding.ASCII.GetBytes($"{tensors}  {Tensors}\n{loop}  {Loop}\n")));
        disk.SyncFolder(writing);

        string final = Path.Combine(folder, position);
        if (Directory.Exists(final))
            disk.DeleteFolder(final);
        disk.RenameFolder(writing, final);
        disk.SyncFolder(folder);
    }

    private string WriteSelected(Selected selected, SubjectImage image, Tensor[] copies)
    {
        var named = image.Weights.Select((w, i) => KeyValuePair.Create(w.Key, copies[i])).ToList();
        return WholeFile.Replace(disk, Path.Combine(folder, selected.FileName()), to => SafetensorsWriter.Write(to, named));
    }

    private Tensor[]? LoadSelected(LoopState state, SubjectImage image)
    {
        if (state.Selected is not { } selected)
            return null;
        string path = Path.Combine(folder, selected.FileName());
        if (WholeFile.Hash(path) != selected.Sha256)
            throw new InvalidDataException($"{selected.FileName()} does not have the checksum it was saved with");
        using var file = new SafetensorsFile(path);
        return [.. image.Weights.Select(w => file.Read(w.Key).DetachFromDisposeScope())];
    }

    private static LoopState Verified(string path)
    {
        string[] lines = File.ReadAllLines(Path.Combine(path, Sums));
        foreach (string name in (string[])[Tensors, Loop])
        {
            if (!lines.Contains($"{WholeFile.Hash(Path.Combine(path, name))}  {name}", StringComparer.Ordinal))
                throw new InvalidDataException($"{name} does not have the checksum it was saved with");
        }

        return ReadLoop(path);
    }

    private static LoopState ReadLoop(string path)
    {
        using FileStream json = File.OpenRead(Path.Combine(path, Loop));
        LoopState? state = JsonSerializer.Deserialize<LoopState>(json, RunRecordFile.Options);
        return state is { Schema: 1 } ? state : throw new InvalidDataException($"{Loop} has a form that this program does not know");
    }

    /// <summary>Checkpoint folders, newest first.</summary>
    private List<string> Folders() => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateDirectories(folder, "step-*").OrderDescending(StringComparer.Ordinal)];

    /// <summary>Sets the newest ones aside, which were found broken, so that they are looked at and never used.</summary>
    private void Quarantine(int count)
    {
        foreach (string path in Folders().Take(count))
            Unimportant(() => disk.RenameFolder(path, Path.Combine(folder, $"corrupt-{Path.GetFileName(path)}")));
    }

    /// <summary>Removes what no longer counts. A failure costs space and nothing else.</summary>
    private void Prune()
    {
        List<string> folders = Folders();
        foreach (string old in folders.Skip(Kept))
            Unimportant(() => disk.DeleteFolder(old));
        Unimportant(() =>
        {
            HashSet<string?> referred = [.. folders.Take(Kept).Select(f => ReadLoop(f).Selected?.FileName())];
            foreach (string file in Directory.EnumerateFiles(folder, "selected-*.safetensors").Where(f => !referred.Contains(Path.GetFileName(f))))
                disk.DeleteFile(file);
        });
    }

    private void Unimportant(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            say($"an old checkpoint stays where it is: {e.Message}");
        }
    }
}
