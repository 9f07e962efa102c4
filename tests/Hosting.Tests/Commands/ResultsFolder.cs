using Replications.Claims;
using Replications.Hosting.Commands;
using Replications.Hosting.Folders;
using Replications.Hosting.Records;
using Replications.Toys;
using Replications.Training.Storage;

namespace Replications.Hosting.Tests.Commands;

/// <summary>A results folder that goes with its test, and the toys run into it inside this process.</summary>
internal sealed class ResultsFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hosting-test-").FullName;

    /// <summary>Where the runs get their data.</summary>
    public DataOpener Data { get; init; } = ToyData.Open;

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    /// <summary>Runs a command line of the toys and keeps what it says.</summary>
    public int Host(Disk? disk, params string[] args)
    {
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
        using StringWriter saidOut = new(), saidErr = new();
        Console.SetOut(saidOut);
        Console.SetError(saidErr);
        try
        {
            return Hosting.Host.Run(args, ToyPaper.Replication, new HostServices
            {
                Data = Data,
                Disk = disk ?? Disk.Real,
                Options = options => options with { CheckpointInterval = TimeSpan.Zero, CheckpointShare = 1e9 },
            });
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            Output = saidOut.ToString();
            Errors = saidErr.ToString();
        }
    }

    /// <summary>Runs an experiment into this folder with one thread.</summary>
    public int Run(string experiment, params string[] more) =>
        Host(null, ["run", "--experiment", experiment, "--results", Path, "--threads", "1", .. more]);

    public string Folder(string experiment, long seed = 1) =>
        new ResultsTree(Path).Folder(new RunKey(Profiles.Quick, "toys", experiment, seed));

    public string File(string experiment, string name) => System.IO.Path.Combine(Folder(experiment), name);

    public RunRecord Record(string experiment) => RunRecordFile.Read(File(experiment, RunRecordFile.Name));

    public RunFolder Opened(string experiment) => new(Disk.Real, Path, new RunKey(Profiles.Quick, "toys", experiment, 1));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
