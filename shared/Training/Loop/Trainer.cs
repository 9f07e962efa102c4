using System.Diagnostics;
using Replications.Claims;
using Replications.Training.Checkpoints;
using Replications.Training.Engine;
using Replications.Training.Seeds;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Loop;

/// <summary>
/// The one loop of the suite: updates, evaluations, selection, patience, checkpoints, measurements and pictures of any
/// subject. What it does next is a function of its saved state alone, so an interrupted run that is taken up again makes the same
/// numbers, byte for byte, as one that was never interrupted.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly ISubject _subject;
    private readonly Schedule _schedule;
    private readonly TrainingOptions _options;
    private readonly IJournal _journal;
    private readonly CheckpointStore _checkpoints;
    private readonly CancellationToken _stop;
    private readonly SubjectImage _image;
    private readonly Selection _selection;
    private readonly Evaluator _evaluator;
    private readonly CheckpointClock _clock;
    private LoopState _state = new();

    /// <summary>Makes a loop around a subject.</summary>
    /// <param name="subject">Made already, with the generators seeded by <see cref="Purpose.Create"/>; not disposed here.</param>
    /// <param name="options">Seed and checkpoint times.</param>
    /// <param name="journal">Receives numbers, progress and sentences.</param>
    /// <param name="checkpoints">Where the run is saved.</param>
    /// <param name="stop">Asks the run to save and end.</param>
    /// <exception cref="ArgumentException">The subject's schedule or state cannot be used; says why.</exception>
    public Trainer(ISubject subject, TrainingOptions options, IJournal journal, CheckpointStore checkpoints, CancellationToken stop)
    {
        _subject = subject;
        _schedule = ScheduleRules.Checked(subject.Schedule);
        _options = options;
        _journal = journal;
        _checkpoints = checkpoints;
        _stop = stop;
        _image = new SubjectImage(subject);
        _selection = new Selection(_image, _schedule);
        _evaluator = new Evaluator(subject, options.Seed, journal, stop);
        _clock = new CheckpointClock(options);
    }

    /// <summary>Seconds spent in updates since this object was made.</summary>
    public double TrainingSeconds { get; private set; }

    /// <summary>Updates made.</summary>
    public long Steps => _state.Step;

    /// <summary>Passes over the training split.</summary>
    public double Epochs => _schedule.Epochs(_state.Step);

    /// <summary>Step of the selected weights; null without.</summary>
    public long? SelectedStep => _state.Selected?.Step;

    /// <summary>Trains and measures from wherever the checkpoints stand to the end, or until stopped.</summary>
    /// <returns>How it ended. Errors of the disk and of the subject's code are thrown.</returns>
    public TrainingResult Run()
    {
        try
        {
            Begin();
            Train();
            Measure();
            Save();
            return Result(RunState.Succeeded);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Save();
            return Result(RunState.Interrupted);
        }
        catch (DivergedException e)
        {
            return Result(RunState.Diverged, e);
        }
    }

    /// <summary>Takes up the state of the newest good checkpoint without going on with the run.</summary>
    /// <returns>False when there is no checkpoint.</returns>
    /// <exception cref="CheckpointException">There are checkpoints and none is whole.</exception>
    public bool Restore()
    {
        if (_checkpoints.Load(_image, out torch.Tensor[]? selected) is not { } saved)
            return false;
        _state = saved;
        _selection.Restore(selected);
        return true;
    }

    /// <summary>Draws the subject's pictures with the selected weights, or the last where none are selected.</summary>
    /// <exception cref="OperationCanceledException">The run is asked to stop.</exception>
    public IReadOnlyList<Picture> Draw()
    {
        using IDisposable? weights = _selection.InPlace();
        return _evaluator.Draw(_state.Selected?.Step ?? _state.Step);
    }

    /// <summary>Writes the last weights.</summary>
    /// <param name="to">Receives a safetensors file.</param>
    public void WriteLastWeights(Stream to) => SafetensorsWriter.Write(to, _image.Weights);

    /// <summary>Writes the selected weights.</summary>
    /// <param name="to">Receives a safetensors file.</param>
    /// <exception cref="InvalidOperationException">Nothing is selected.</exception>
    public void WriteSelectedWeights(Stream to) => SafetensorsWriter.Write(to, _selection.Named());

    /// <inheritdoc/>
    public void Dispose() => _selection.Dispose();

    private void Begin()
    {
        _checkpoints.RequireSpace(_image, _schedule.SelectOn is not null);
        if (Restore())
        {
            _journal.Begin(_state.Points, _state.Step);
            return;
        }

        _journal.Begin(0, 0);
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(SeedSequence.Derive(_options.Seed, 0, Purpose.Initialise));
        _subject.Initialise(new StepContext(_options.Seed, 0, _schedule.StepsPerEpoch));
    }

    private void Train()
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            if (_schedule.EvaluationDue(_state))
            {
                Evaluate();
                if (_clock.WorthSaving())
                    Save();
            }

            if (_schedule.TrainingOver(_state))
                return;
            Step();
            if (_clock.Due())
                Save();
        }
    }

    private void Step()
    {
        long begin = Stopwatch.GetTimestamp();
        Scalars scalars;
        using (torch.NewDisposeScope())
        {
            torch.manual_seed(SeedSequence.Derive(_options.Seed, _state.Step, Purpose.Step));
            var context = new StepContext(_options.Seed, _state.Step, _schedule.StepsPerEpoch);
            using (ComputeEngine.Products(_options.Device, _options.Precision))
                scalars = _subject.Step(context);
            foreach ((string name, double value) in scalars)
                context.RequireFinite(name, value);
        }

        _state.Step++;
        ScalarMeans.Add(_state.Scalars, scalars);
        TrainingSeconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (_schedule.ScalarsDue(_state))
            Record(ScalarMeans.Take(_state.Scalars, _state.Step, Epochs));
        _journal.Progress(Phase.Training, _state.Step, _schedule.KnownEnd(_state), _state.Step, scalars);
    }

    private void Evaluate()
    {
        IReadOnlyList<Measurement> measured = _evaluator.Evaluate(Phase.Evaluating, _schedule.EvaluateOn, _state.Step, final: false);
        List<MetricPoint> points = ScalarMeans.Take(_state.Scalars, _state.Step, Epochs);
        points.AddRange(measured.Select(m => Point(m, _schedule.EvaluateOn.Id())));
        Record(points);
        _selection.Consider(_state, measured);
        _state.EvaluatedAt = _state.Step;
        _state.Marks++;
    }

    private void Measure()
    {
        foreach (var split in _schedule.MeasureAtEnd)
            MeasureOnce("last", split, _state.Step);
        if (_state.Selected is not { } selected)
            return;
        foreach (var split in _schedule.MeasureAtEnd)
            MeasureOnce("selected", split, selected.Step);
    }

    private void MeasureOnce(string checkpoint, Datasets.Split split, long step)
    {
        string id = split.Id();
        if (_state.Measurements.Exists(m => m.Checkpoint == checkpoint && m.Split == id))
            return;
        _stop.ThrowIfCancellationRequested();
        if (checkpoint == "selected" && step == _state.Step)
        {
            // The same weights, step and seed give the same numbers: no need to take them twice.
            _state.Measurements.AddRange(_state.Measurements.Where(m => m.Split == id).Select(m => m with { Checkpoint = checkpoint }).ToList());
        }
        else
        {
            IReadOnlyList<Measurement> measured;
            using (checkpoint == "selected" ? _selection.InPlace() : null)
                measured = _evaluator.Evaluate(Phase.Measuring, split, step, final: true);
            _state.Measurements.AddRange(measured.Select(m => new MeasurementRecord(
                m.Metric, id, checkpoint, m.Value, m.Unit, m.StandardError, m.ErrorKind, m.Count, step)));
            if (checkpoint == "last" && !(split == _schedule.EvaluateOn && _state.EvaluatedAt == step))
                Record([.. measured.Select(m => Point(m, id))]);
        }

        _state.Marks++;
        if (_clock.WorthSaving())
            Save();
    }

    private MetricPoint Point(Measurement m, string split) => new(_state.Step, Epochs, split, m.Metric, m.Value, m.StandardError);

    private void Record(List<MetricPoint> points)
    {
        if (points.Count == 0)
            return;
        _journal.Record(points);
        _state.Points += points.Count;
    }

    private void Save()
    {
        _clock.Saving();
        _journal.Sync();
        _checkpoints.Save(_state, _image, _selection.Copies);
        _clock.Saved();
        _journal.Saved(_state.Step);
    }

    private TrainingResult Result(RunState state, DivergedException? divergence = null) =>
        new(state, _state.Step, Epochs, SelectedStep, _state.Measurements, divergence);
}
