namespace Replications.Training.Subjects;

/// <summary>Progress and interruption for anything long that is not a step: evaluation, sampling.</summary>
/// <param name="seed">Training seed of the run.</param>
/// <param name="step">Updates made so far.</param>
/// <param name="final">True at the end of training, false for the check-ups during it.</param>
/// <param name="report">Receives done and total.</param>
/// <param name="cancellation">Signalled when the run is asked to stop.</param>
public sealed class EvaluationContext(long seed, long step, bool final, Action<long, long> report, CancellationToken cancellation)
{
    /// <summary>Training seed of the run.</summary>
    public long Seed { get; } = seed;

    /// <summary>Updates made so far.</summary>
    public long Step { get; } = step;

    /// <summary>True at the end of training, where the full estimator is due; false for the check-ups during it.</summary>
    public bool Final { get; } = final;

    /// <summary>Says how far the work is. Call it at least once a second; it is where an interruption takes effect.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units in all.</param>
    /// <exception cref="OperationCanceledException">The run is asked to stop; the evaluation is taken up again from its beginning.</exception>
    public void Report(long done, long total)
    {
        cancellation.ThrowIfCancellationRequested();
        report(done, total);
    }
}
