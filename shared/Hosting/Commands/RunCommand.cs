using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Hosting.Folders;
using Replications.Hosting.Recipes;
using Replications.Hosting.Records;
using Replications.Hosting.Signals;
using Replications.Training.Engine;
using Replications.Training.Storage;
using TorchSharp;

namespace Replications.Hosting.Commands;

/// <summary>One run, from its folder to its terminal record.</summary>
internal static class RunCommand
{
    /// <summary>Does the run.</summary>
    /// <returns>An exit code.</returns>
    /// <exception cref="UsageException">The request asks for what is not there.</exception>
    public static int Execute(Replication replication, RunRequest request, HostServices services)
    {
        RecipeChoice choice = RecipeChoice.Of(replication, request.Experiment, request.Profile, request.Sets);
        try
        {
            using var stop = new StopSignal();
            // Before the folder: a machine that cannot make the run leaves no trace of it.
            (torch.Device device, EngineRecord engine) = ComputeEngine.Open(request.Device, request.Precision, request.Threads ?? Hardware.DefaultThreads());
            var folder = new RunFolder(services.Disk, request.Results, new RunKey(request.Profile, replication.Name, request.Experiment, request.Seed));
            using RunLock? held = RunLock.Take(folder);
            if (held is null)
                return Say(ExitCode.Locked, RunLock.Refusal(folder));
            using var log = new RunLog(folder);
            RunRecord record = RunIdentity.Of(replication, request, choice, engine);
            if (Settle(folder, request, record, RecipeChoice.Defaults(choice.Experiment), log, out RunRecorder recorder) is { } code)
                return code;
            log.Write(FormattableString.Invariant($"process {Environment.ProcessId}, commit {record.Commit}{(record.Dirty ? " with changes" : "")}, {engine.Name} {engine.Libtorch} on {engine.Device}, {engine.Precision}, {engine.Threads} threads: {record.Command}"));
            var run = new RunWork(choice, request, services, folder, log, device, recorder, stop.Token);
            return run.Do();
        }
        catch (EngineException e)
        {
            return Say(ExitCode.Setup, e.Message);
        }
        catch (Exception e) when (e is StorageException or InvalidDataException)
        {
            return Say(ExitCode.Failure, e.Message);
        }
    }

    /// <summary>Compares with what an earlier start left: nothing to do, refused, or the record to go on from.</summary>
    private static int? Settle(RunFolder folder, RunRequest request, RunRecord record, JsonObject defaults, RunLog log, out RunRecorder recorder)
    {
        recorder = new RunRecorder(folder, record);
        if (request.Fresh)
            return null;
        if (folder.Earlier()?.Completed(defaults) is not { } earlier)
        {
            // Without its record nobody can say which recipe and seed the weights are of.
            return folder.HasCheckpoints
                ? Say(ExitCode.Failure, $"{folder.Path} holds checkpoints of a run whose record, {RunRecordFile.Name}, is missing; --fresh begins again")
                : null;
        }

        IReadOnlyList<string> refusals = ResumeRules.Refusals(earlier, record);
        if (refusals.Count > 0)
            return Say(ExitCode.Failure, $"{folder.Path} holds a run made otherwise; --fresh begins again. What differs, before -> now:{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", refusals)}");
        if (earlier.State == RunState.Succeeded)
        {
            Console.Out.WriteLine($"finished already: {folder.Record}");
            return ExitCode.Success;
        }

        foreach (string warning in ResumeRules.Warnings(earlier, record))
        {
            log.Write($"warning: taken up under other circumstances, {warning}");
            Console.Error.WriteLine($"warning: taken up under other circumstances, {warning}");
        }

        RunRecord begun = record with
        {
            Declared = earlier.Declared,
            Started = earlier.Started,
            Seconds = earlier.Seconds,
            TrainingSeconds = earlier.TrainingSeconds,
            Resumes = earlier.Resumes + 1,
            Earlier = ResumeRules.Parts(earlier, record, earlier.Steps),
            PeakMemoryBytes = earlier.PeakMemoryBytes,
            PeakGpuMemoryBytes = earlier.PeakGpuMemoryBytes,
            Steps = earlier.Steps,
            Epochs = earlier.Epochs,
            SelectedStep = earlier.SelectedStep,
        };
        recorder = new RunRecorder(folder, begun, step => ResumeRules.Parts(earlier, record, step));
        return null;
    }

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return code;
    }
}
