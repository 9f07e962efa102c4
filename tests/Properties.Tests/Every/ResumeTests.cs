using Replications.Claims;
using Replications.Properties.Tests.Registered;
using Replications.Training.Checkpoints;
using Replications.Training.Loop;
using Replications.Training.Storage;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Every;

/// <summary>A run that is stopped and taken up again ends with the bytes and the numbers of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("properties-").FullName;

    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Stopped_and_resumed_is_byte_identical(string name)
    {
        (byte[] weights, IReadOnlyList<MeasurementRecord> measured) = Run(name, "whole");
        // Stopped at the first word, then after every update, so that every phase of a training is left and taken up, then ever later in the measuring.
        TrainingResult part = Stop(name, 1);
        Assert.Equal(RunState.Interrupted, part.State);
        for (int words = 2; part.State == RunState.Interrupted;)
        {
            long steps = part.Steps;
            part = Stop(name, words);
            words = part.Steps > steps ? 2 : words + 1;
        }

        (byte[] resumedWeights, IReadOnlyList<MeasurementRecord> resumed) = Run(name, "stopped");
        Assert.Equal(weights, resumedWeights);
        Assert.Equal(measured, resumed);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TrainingResult Stop(string name, int words)
    {
        using var tiny = new TinySubject(name);
        using var stop = new CancellationTokenSource();
        using Trainer trainer = Loop(tiny, "stopped", new StoppingJournal(words, stop), stop.Token);
        return trainer.Run();
    }

    private (byte[] Weights, IReadOnlyList<MeasurementRecord> Measured) Run(string name, string folder)
    {
        using var tiny = new TinySubject(name);
        using var stop = new CancellationTokenSource();
        using Trainer trainer = Loop(tiny, folder, new StoppingJournal(int.MaxValue, stop), stop.Token);
        TrainingResult result = trainer.Run();
        Assert.Equal(RunState.Succeeded, result.State);
        using var bytes = new MemoryStream();
        trainer.WriteLastWeights(bytes);
        return (bytes.ToArray(), result.Measurements);
    }

    private Trainer Loop(TinySubject tiny, string folder, IJournal journal, CancellationToken stop) =>
        new(tiny.Subject, new TrainingOptions { Seed = tiny.Seed, CheckpointInterval = TimeSpan.Zero, CheckpointShare = 1 }, journal,
            new CheckpointStore(new Disk(), Path.Combine(_folder, folder), _ => { }), stop);

    /// <summary>Asks the loop to stop after it has said so many words.</summary>
    private sealed class StoppingJournal(int words, CancellationTokenSource stop) : IJournal
    {
        private int _said;

        public void Begin(long points, long step) => Count();

        public void Record(IReadOnlyList<MetricPoint> points)
        {
        }

        public void Sync()
        {
        }

        public void Saved(long step)
        {
        }

        public void Progress(Phase phase, long done, long total, long step, Scalars? scalars) => Count();

        public void Say(string message)
        {
        }

        private void Count()
        {
            if (++_said >= words)
                stop.Cancel();
        }
    }
}
