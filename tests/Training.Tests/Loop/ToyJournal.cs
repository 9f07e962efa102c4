using Replications.Training.Loop;
using Replications.Training.Subjects;

namespace Replications.Training.Tests.Loop;

/// <summary>Keeps what the loop says; stops or kills the run at a given progress call.</summary>
internal sealed class ToyJournal(IEnumerable<MetricPoint>? earlier = null, CancellationTokenSource? stop = null, int stopAt = -1, int killAt = -1) : IJournal
{
    /// <summary>Numbers recorded, over all starts.</summary>
    public List<MetricPoint> Points { get; } = [.. earlier ?? []];

    public List<string> Sentences { get; } = [];

    public List<long> SavedSteps { get; } = [];

    /// <summary>Progress calls in this start.</summary>
    public int Calls { get; private set; }

    public long BeganAt { get; private set; } = -1;

    /// <summary>Phases this start reported from.</summary>
    public HashSet<Phase> Phases { get; } = [];

    public void Begin(long points, long step)
    {
        Assert.True(points <= Points.Count);
        Points.RemoveRange((int)points, Points.Count - (int)points);
        BeganAt = step;
    }

    public void Record(IReadOnlyList<MetricPoint> points) => Points.AddRange(points);

    public void Sync()
    {
    }

    public void Saved(long step) => SavedSteps.Add(step);

    public void Progress(Phase phase, long done, long total, long step, Scalars? scalars)
    {
        if (Calls == killAt)
            throw new KilledException();
        if (Calls == stopAt)
            stop!.Cancel();
        Calls++;
        Phases.Add(phase);
    }

    public void Say(string message) => Sentences.Add(message);
}

/// <summary>Stands for a process that is no more.</summary>
internal sealed class KilledException : Exception;
