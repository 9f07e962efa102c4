using Replications.Claims;
using Replications.Hosting.Folders;
using Replications.Hosting.Progress;
using Replications.Reporting.Metrics;
using Replications.Training.Loop;
using Replications.Training.Storage;
using Replications.Training.Subjects;

namespace Replications.Hosting.Records;

/// <summary>Puts what the loop says where it belongs: metrics.csv, run.json, log.txt, the console.</summary>
internal sealed class RunJournal(RunFolder folder, RunLog log, ProgressPrinter printer, RunRecorder recorder) : IJournal, IDisposable
{
    private MetricsFile? _metrics;
    private Trainer? _trainer;
    private long _stepsPerEpoch = 1;

    /// <summary>Names the loop whose progress is recorded.</summary>
    public void Follow(Trainer trainer, Schedule schedule)
    {
        _trainer = trainer;
        _stepsPerEpoch = schedule.StepsPerEpoch;
    }

    /// <inheritdoc/>
    public void Begin(long points, long step)
    {
        StorageException.Naming($"opening {MetricsFile.FileName}", folder.Path, () => _metrics = MetricsFile.Open(folder.Metrics, MetricsLength.OfRows(folder.Metrics, points)));
        recorder.Begin(step);
        log.Write(step > 0 || points > 0 ? FormattableString.Invariant($"taken up again after step {step}") : "begun at step 0");
    }

    /// <inheritdoc/>
    public void Record(IReadOnlyList<MetricPoint> points)
    {
        double seconds = Math.Round(recorder.Seconds, 3);
        StorageException.Naming($"appending to {MetricsFile.FileName}", folder.Path, () => _metrics!.Append(
            points.Select(p => new MetricRow(p.Step, p.Epoch, seconds, p.Split, p.Metric, p.Value, p.StandardError))));
        log.Write(FormattableString.Invariant($"step {points[0].Step}: ") + string.Join(", ", points.Select(p => FormattableString.Invariant($"{p.Split} {p.Metric} {p.Value:G6}"))));
    }

    /// <inheritdoc/>
    public void Sync() => StorageException.Naming($"flushing {MetricsFile.FileName}", folder.Path, () => _metrics?.Sync());

    /// <inheritdoc/>
    public void Saved(long step)
    {
        if (_trainer is not null)
            recorder.Follow(_trainer);
        recorder.Write(RunState.Running);
        log.Write(FormattableString.Invariant($"saved at step {step}"));
    }

    /// <inheritdoc/>
    public void Progress(Phase phase, long done, long total, long step, Scalars? scalars) =>
        printer.Show(phase, done, total, step, (double)step / _stepsPerEpoch, scalars);

    /// <inheritdoc/>
    public void Say(string message)
    {
        log.Write(message);
        printer.Say(message);
    }

    /// <inheritdoc/>
    public void Dispose() => _metrics?.Dispose();
}
