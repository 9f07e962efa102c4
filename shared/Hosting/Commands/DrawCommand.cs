using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Datasets;
using Replications.Hosting.Experiments;
using Replications.Hosting.Folders;
using Replications.Hosting.Progress;
using Replications.Hosting.Recipes;
using Replications.Hosting.Records;
using Replications.Hosting.Signals;
using Replications.Training.Checkpoints;
using Replications.Training.Engine;
using Replications.Training.Loop;
using Replications.Training.Seeds;
using Replications.Training.Storage;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Hosting.Commands;

/// <summary>Pictures of a run, finished or not, from its newest good checkpoint: a job of its own.</summary>
internal static class DrawCommand
{
    /// <summary>Draws.</summary>
    /// <returns>An exit code.</returns>
    /// <exception cref="UsageException">There is no such run, or the program's recipe is no longer the run's.</exception>
    public static int Execute(Replication replication, RunRequest request, HostServices services)
    {
        var key = new RunKey(request.Profile, replication.Name, request.Experiment, request.Seed);
        string path = new ResultsTree(request.Results).Folder(key);
        if (!File.Exists(Path.Combine(path, RunRecordFile.Name)))
            throw new UsageException($"there is no run in {path}: 'run' makes it");
        using var stop = new StopSignal();
        try
        {
            var folder = new RunFolder(services.Disk, request.Results, key);
            using RunLock? held = RunLock.Take(folder);
            if (held is null)
            {
                Console.Error.WriteLine($"error: {RunLock.Refusal(folder)}");
                return ExitCode.Locked;
            }

            RunRecord record = folder.Earlier()!;
            Draw(SameRecipe(replication, request, record), request, services, folder, record, stop.Token);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("interrupted: no picture was changed");
            return ExitCode.Interrupted;
        }
        catch (EngineException e)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Setup;
        }
        catch (Exception e) when (e is StorageException or CheckpointException or InvalidDataException or DataException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static RecipeChoice SameRecipe(Replication replication, RunRequest request, RunRecord record)
    {
        IEnumerable<string> sets = record.Overrides.Select(o => $"{o.Key}={Plain(o.Value)}");
        RecipeChoice choice = RecipeChoice.Of(replication, request.Experiment, request.Profile, sets);
        string[] differences = [.. RecipeDifference.Lines(record.Completed(RecipeChoice.Defaults(choice.Experiment)).Recipe, choice.Json())];
        return differences.Length == 0 ? choice : throw new UsageException(
            $"the run was made with another recipe; what differs, before -> now: {string.Join("; ", differences)}");
    }

    private static string Plain(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue(out string? s) ? s : value?.ToJsonString() ?? "";

    private static void Draw(RecipeChoice choice, RunRequest request, HostServices services, RunFolder folder, RunRecord record, CancellationToken stop)
    {
        ProgressPrinter printer = ProgressPrinter.Console();
        using var log = new RunLog(folder);
        (torch.Device device, _) = ComputeEngine.Open(request.Device, request.Precision, request.Threads ?? Hardware.DefaultThreads());
        using DataSet data = services.Data(choice.Experiment.Dataset, request.DataMirror, device, printer.Say, stop);
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(SeedSequence.Derive(request.Seed, 0, Purpose.Create));
        using ISubject subject = choice.Experiment.Create(choice.Recipe, new SubjectContext(data, device, request.Seed));
        using var journal = new RunJournal(folder, log, printer, new RunRecorder(folder, record));
        var store = new CheckpointStore(services.Disk, folder.Checkpoint, journal.Say);
        using var trainer = new Trainer(subject, new TrainingOptions { Seed = request.Seed, Device = device }, journal, store, stop);
        if (!trainer.Restore())
            throw new CheckpointException($"{folder.Checkpoint} holds no checkpoint to draw from");
        IReadOnlyList<PictureRecord> pictures = PictureFiles.Write(folder, trainer.Draw());
        // A model of which nothing is drawn now keeps what was drawn of it before.
        if (pictures.Count > 0)
            folder.Write(record with { Pictures = pictures });
        printer.Close();
        Console.Out.WriteLine(pictures.Count > 0
            ? FormattableString.Invariant($"{pictures.Count} pictures in {folder.Path}")
            : "nothing is drawn of this model; the record keeps the pictures it has");
    }
}
