using Replications.Claims;
using Replications.Datasets;
using Replications.Hosting.Folders;
using Replications.Hosting.Progress;
using Replications.Hosting.Recipes;
using Replications.Hosting.Records;
using Replications.Training.Checkpoints;
using Replications.Training.Loop;
using Replications.Training.Seeds;
using Replications.Training.Storage;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Hosting.Commands;

/// <summary>The work of a run inside its locked folder: data, training, pictures, and exactly one terminal record.</summary>
internal sealed class RunWork(
    RecipeChoice choice, RunRequest request, HostServices services, RunFolder folder, RunLog log, torch.Device device, RunRecorder recorder,
    CancellationToken stop)
{
    private readonly ProgressPrinter _printer = ProgressPrinter.Console();

    // With --fresh, the same command would throw away what was saved.
    private string GoesOn => request.Fresh ? "the same command, less --fresh, goes on" : "the same command goes on";

    /// <summary>Trains, measures, draws and records.</summary>
    /// <returns>An exit code.</returns>
    /// <exception cref="StorageException">An earlier run could not be cleared away.</exception>
    public int Do()
    {
        // Not a run that failed: no record may call what could not be cleared away its own.
        if (request.Fresh)
        {
            folder.Clear();
            new CheckpointStore(services.Disk, folder.Checkpoint, log.Write).Clear();
        }

        try
        {
            recorder.Write(RunState.Running);
            return Train();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return End(RunState.Interrupted, $"asked to stop by a signal; {GoesOn}", ExitCode.Interrupted);
        }
        catch (Exception e)
        {
            log.Write(e.ToString());
            return End(RunState.Failed, e.Message, ExitCode.Failure);
        }
    }

    private int Train()
    {
        using DataSet data = services.Data(choice.Experiment.Dataset, request.DataMirror, device, Say, stop);
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(SeedSequence.Derive(request.Seed, 0, Purpose.Create));
        using ISubject subject = choice.Experiment.Create(choice.Recipe, new SubjectContext(data, device, request.Seed));
        recorder.Add(r => r with { Data = RegistryData.Records(data), Parameters = subject.Parameters });

        using var journal = new RunJournal(folder, log, _printer, recorder);
        var store = new CheckpointStore(services.Disk, folder.Checkpoint, journal.Say);
        TrainingOptions options = services.Options(new TrainingOptions { Seed = request.Seed, Precision = request.Precision, Device = device });
        using var trainer = new Trainer(subject, options, journal, store, stop);
        journal.Follow(trainer, subject.Schedule);
        TrainingResult result = trainer.Run();
        recorder.Follow(trainer);
        recorder.Add(r => r with { Measurements = result.Measurements });
        switch (result.State)
        {
            case RunState.Interrupted:
                return End(RunState.Interrupted, FormattableString.Invariant($"asked to stop by a signal after step {result.Steps}; {GoesOn}"), ExitCode.Interrupted);
            case RunState.Diverged:
                return End(RunState.Diverged, result.Divergence!.Message, ExitCode.Diverged);
            default:
                Keep(trainer);
                return End(RunState.Succeeded, null, ExitCode.Success);
        }
    }

    private void Keep(Trainer trainer)
    {
        List<WeightsRecord> weights = [Write(folder.LastWeights, trainer.WriteLastWeights)];
        if (trainer.SelectedStep is not null)
            weights.Add(Write(folder.SelectedWeights, trainer.WriteSelectedWeights));
        recorder.Add(r => r with { Weights = weights });
        recorder.Add(r => r with { Pictures = PictureFiles.Write(folder, trainer.Draw()) });
    }

    private WeightsRecord Write(string path, Action<Stream> write)
    {
        string name = Path.GetFileName(path);
        return new WeightsRecord(name, folder.WriteWhole(name, write));
    }

    private int End(RunState state, string? reason, int code)
    {
        try
        {
            recorder.Write(state, reason);
        }
        catch (StorageException e)
        {
            // The record still says "running", which everyone reads as a run that was killed.
            log.Write(e.Message);
            Console.Error.WriteLine($"error: {e.Message}");
            code = ExitCode.Failure;
        }

        string sentence = reason is null ? Words(state) : $"{Words(state)}: {reason}";
        log.Write(sentence);
        _printer.Close();
        (code == ExitCode.Success ? Console.Out : Console.Error).WriteLine(sentence);
        return code;
    }

    private void Say(string message)
    {
        log.Write(message);
        _printer.Say(message);
    }

    private static string Words(RunState state) => state.ToString().ToLowerInvariant();
}
