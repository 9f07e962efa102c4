using System.Diagnostics;

namespace Replications.Training.Loop;

/// <summary>When a checkpoint is worth its time. Decides when to save, never what a result is.</summary>
internal sealed class CheckpointClock(TrainingOptions options)
{
    private long _saved = Stopwatch.GetTimestamp();
    private long _began;
    private TimeSpan _cost;

    /// <summary>True between evaluations, when the interval has passed and the last save's share of it is small enough.</summary>
    public bool Due() => Stopwatch.GetElapsedTime(_saved) is var since && since >= options.CheckpointInterval && Worth(since);

    /// <summary>True after an evaluation, when the time since the last save outweighs what a save costs.</summary>
    public bool WorthSaving() => Worth(Stopwatch.GetElapsedTime(_saved));

    /// <summary>A save begins.</summary>
    public void Saving() => _began = Stopwatch.GetTimestamp();

    /// <summary>A save has ended.</summary>
    public void Saved()
    {
        _saved = Stopwatch.GetTimestamp();
        _cost = Stopwatch.GetElapsedTime(_began);
    }

    private bool Worth(TimeSpan since) => since * options.CheckpointShare >= _cost;
}
