using System.Diagnostics;
using Replications.Claims;
using Replications.Hosting.Folders;
using Replications.Training.Engine;
using Replications.Training.Loop;
using TorchSharp;

namespace Replications.Hosting.Records;

/// <summary>Keeps a run's run.json true while the run goes on: what it is, how far it is, how it ended.</summary>
internal sealed class RunRecorder
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly RunFolder _folder;
    private readonly RunRecord _identity;
    private readonly Func<long, IReadOnlyList<EarlierPart>>? _parts;
    private RunRecord _record;

    /// <summary>Makes a recorder; writes nothing yet.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="identity">What does not change during this start; its times and counts are those of the starts before.</param>
    /// <param name="parts">Of a run that is taken up: its parts before, from the update after which it goes on.</param>
    public RunRecorder(RunFolder folder, RunRecord identity, Func<long, IReadOnlyList<EarlierPart>>? parts = null)
    {
        _folder = folder;
        _identity = identity;
        _parts = parts;
        _record = identity;
    }

    /// <summary>Seconds of the run over all its starts.</summary>
    public double Seconds => _identity.Seconds + Stopwatch.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Adds what is known now.</summary>
    public void Add(Func<RunRecord, RunRecord> change) => _record = change(_record);

    /// <summary>Takes over after which update the run goes on: its record may have been ahead of what was saved, or behind.</summary>
    public void Begin(long step)
    {
        if (_parts is not null)
            Add(r => r with { Earlier = _parts(step) });
    }

    /// <summary>Takes over how far a loop is.</summary>
    public void Follow(Trainer trainer) => Add(r => r with
    {
        Steps = trainer.Steps,
        Epochs = trainer.Epochs,
        SelectedStep = trainer.SelectedStep,
        TrainingSeconds = _identity.TrainingSeconds + trainer.TrainingSeconds,
    });

    /// <summary>Writes the record.</summary>
    /// <exception cref="Training.Storage.StorageException">The disk refused; the record before stands.</exception>
    public void Write(RunState state, string? reason = null)
    {
        Add(r => r with
        {
            State = state,
            Reason = reason,
            Written = DateTimeOffset.UtcNow,
            Seconds = Math.Round(Seconds, 3),
            TrainingSeconds = Math.Round(r.TrainingSeconds, 3),
            PeakMemoryBytes = Math.Max(_identity.PeakMemoryBytes, Hardware.PeakMemory()),
            PeakGpuMemoryBytes = new[] { _identity.PeakGpuMemoryBytes, ComputeEngine.PeakMemory(new torch.Device(r.Engine.Device)) }.Max(),
        });
        _folder.Write(_record);
    }
}
