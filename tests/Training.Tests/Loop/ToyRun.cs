using Replications.Claims;
using Replications.Datasets;
using Replications.Hosting.Experiments;
using Replications.Toys;
using Replications.Training.Checkpoints;
using Replications.Training.Loop;
using Replications.Training.Seeds;
using Replications.Training.Storage;
using Replications.Training.Subjects;
using Replications.Training.Tests.Storage;
using TorchSharp;

namespace Replications.Training.Tests.Loop;

/// <summary>A toy training in a folder of its own, which can be stopped, killed and taken up again.</summary>
internal sealed class ToyRun(string experiment, ToyRecipe? recipe = null) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Names of the toys.</summary>
    public static TheoryData<string> Names => [.. ToyPaper.Replication.Experiments.Select(e => e.Name)];

    public string Checkpoints => _folder.File("checkpoint");

    public Disk Disk { get; init; } = new QuickDisk();

    /// <summary>Time between checkpoints: the default makes one at every chance.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.Zero;

    public ToyJournal Journal { get; private set; } = new();

    public IReadOnlyList<Picture> Pictures { get; private set; } = [];

    /// <summary>Starts, or goes on, until the end or the given point.</summary>
    /// <param name="stopAt">Progress call at which the run is asked to stop; -1 for never.</param>
    /// <param name="killAt">Progress call at which it dies; -1 for never.</param>
    /// <param name="disk">Another disk for this start.</param>
    public TrainingResult Start(int stopAt = -1, int killAt = -1, Disk? disk = null)
    {
        using var stop = new CancellationTokenSource();
        Journal = new ToyJournal(Journal.Points, stop, stopAt, killAt);
        using DataSet data = ToyData.Make(torch.CPU);
        using IDisposable scope = torch.NewDisposeScope();
        Experiment toy = ToyPaper.Replication.Experiments.First(e => e.Name == experiment);
        torch.manual_seed(SeedSequence.Derive(Seed, 0, Purpose.Create));
        using ISubject subject = toy.Create(recipe ?? toy.QuickRecipe!, new SubjectContext(data, torch.CPU, Seed));
        var store = new CheckpointStore(disk ?? Disk, Checkpoints, Journal.Say);
        using var trainer = new Trainer(subject, new TrainingOptions { Seed = Seed, CheckpointInterval = Interval, CheckpointShare = 1e9 }, Journal, store, stop.Token);
        TrainingResult result = trainer.Run();
        if (result.State != RunState.Succeeded)
            return result;
        try
        {
            Pictures = trainer.Draw();
            return result;
        }
        catch (OperationCanceledException)
        {
            return result with { State = RunState.Interrupted };
        }
    }

    /// <summary>Everything that must not depend on interruptions, as text and hashes.</summary>
    public string Trace(TrainingResult result)
    {
        string newest = Directory.EnumerateDirectories(Checkpoints, "step-*").Order(StringComparer.Ordinal).Last();
        IEnumerable<string> files = Directory.EnumerateFiles(newest).Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetFileName(newest)}/{Path.GetFileName(f)} {WholeFile.Hash(f)}");
        return string.Join('\n', (string[])
        [
            .. files,
            .. Journal.Points.Select(p => p.ToString()),
            .. result.Measurements.Select(m => m.ToString()),
            $"{result.State} {result.Steps} {result.SelectedStep}",
            .. Pictures.Select(p => $"{p.Name} {Convert.ToHexString(p.Pixels)}"),
        ]);
    }

    public void Dispose() => _folder.Dispose();

    private const long Seed = 3;
}
