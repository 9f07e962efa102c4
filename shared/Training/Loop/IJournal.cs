using Replications.Training.Subjects;

namespace Replications.Training.Loop;

/// <summary>Receives what the loop has to say. The loop knows no file besides its checkpoints and no console.</summary>
public interface IJournal
{
    /// <summary>A run begins or is taken up again: numbers after the first <paramref name="points"/> were not saved and are recorded anew.</summary>
    /// <param name="points">Numbers that stand.</param>
    /// <param name="step">Updates already made; 0 for a fresh run.</param>
    void Begin(long points, long step);

    /// <summary>Numbers to keep.</summary>
    /// <param name="points">In order.</param>
    void Record(IReadOnlyList<MetricPoint> points);

    /// <summary>A checkpoint is about to count what was recorded: it must be on the disk when this returns.</summary>
    void Sync();

    /// <summary>A checkpoint is whole on the disk.</summary>
    /// <param name="step">Updates made.</param>
    void Saved(long step);

    /// <summary>How far the work is. Called often; the receiver decides what to show.</summary>
    /// <param name="phase">What the run is doing.</param>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units in all; 0 while that is not known.</param>
    /// <param name="step">Updates made.</param>
    /// <param name="scalars">Of the latest step; null outside training.</param>
    void Progress(Phase phase, long done, long total, long step, Scalars? scalars);

    /// <summary>A sentence for the log.</summary>
    /// <param name="message">Without a full stop.</param>
    void Say(string message);
}
