using System.Diagnostics;
using Replications.Claims;
using Replications.Suite.Commands;
using Replications.Suite.Runs;

namespace Replications.Suite.Tests;

/// <summary>A suite with one replication, the fake one, in a temporary folder.</summary>
internal sealed class Bench : IDisposable
{
    /// <summary>Experiments that end well whatever is done.</summary>
    public const string Good = "fake/good,fake/exact,fake/scaled";

    private readonly TemporaryFolder _folder;

    private Bench(TemporaryFolder folder) => _folder = folder;

    public Bench(params string[] experiments)
    {
        _folder = new TemporaryFolder();
        IEnumerable<string> rows = (experiments.Length > 0 ? experiments : ["good", "exact", "scaled"]).Select(Row);
        File("replications/Fake/claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + string.Join('\n', rows) + "\n");
        Link("Fake");
    }

    public string Root => _folder.Path;

    public string Results => Path.Combine(Root, "results");

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public bool IsTerminal { get; init; }

    public bool HasGpu { get; init; }

    public SourceVersion Source { get; init; } = new("", false);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Dictionary<string, string> Environment { get; } = [];

    public Interruption Interruption { get; } = new();

    public int Invoke(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        TextWriter messages = TextWriter.Synchronized(error);
        int code = CommandLine.Invoke(args, new Workplace
        {
            Root = Root,
            Programs = Path.Combine(Root, "programs"),
            Out = output,
            Error = messages,
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Environment = name => Environment.GetValueOrDefault(name),
            HasGpu = HasGpu,
            Clock = Clock,
            Source = () => Source,
            DrawsCharts = false,
            Listen = () => Interruption,
        });
        Out = output.ToString();
        Error = error.ToString();
        return code;
    }

    public void File(string name, string text) => _folder.File(name, text);

    /// <summary>Puts the fake replication where the program of another folder would lie.</summary>
    public void Link(string folder)
    {
        Directory.CreateDirectory(Path.Combine(Root, "programs", folder));
        Directory.CreateSymbolicLink(Path.Combine(Root, "programs", folder, "release"), AppContext.BaseDirectory);
    }

    public StoredRun Run(string experiment, long seed = 1, string profile = Profiles.Quick) =>
        new ResultsTree(Results).Find(new RunKey(profile, "fake", experiment, seed));

    /// <summary>The command lines that runs of an experiment were started with.</summary>
    public string[] Starts(string experiment, long seed = 1, string profile = Profiles.Quick)
    {
        string path = Path.Combine(Run(experiment, seed, profile).Folder, "starts.txt");
        return System.IO.File.Exists(path) ? System.IO.File.ReadAllLines(path) : [];
    }

    /// <summary>Makes runs of the paper profile, then puts them into the ledger as if each had taken an hour.</summary>
    public void Record(params string[] experiments)
    {
        Invoke("--profile", Profiles.Paper, "--seeds", "1", "--only", string.Join(',', experiments.Select(e => "fake/" + e)));
        foreach (string experiment in experiments)
        {
            StoredRun run = Run(experiment, profile: Profiles.Paper);
            string folder = new ResultsTree(Path.Combine(Results, "ledger")).Folder(run.Key);
            Directory.CreateDirectory(folder);
            RunRecordFile.Write(Path.Combine(folder, RunRecordFile.Name), run.Record! with { Seconds = 3600 });
        }

        Directory.Delete(Path.Combine(Results, Profiles.Paper), recursive: true);
    }

    /// <summary>The same folder, for a suite started anew.</summary>
    public Bench Again() => new(_folder);

    /// <summary>How to start the built program on this folder, its output taken.</summary>
    public ProcessStartInfo Program(params string[] args)
    {
        File("Replications.sln", "");
        string release = Path.Combine(Root, "programs", "Suite", "release");
        Directory.CreateDirectory(release);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            System.IO.File.Copy(file, Path.Combine(release, Path.GetFileName(file)));
        }

        // A shell starts what runs in the background deaf to SIGINT.
        ProcessStartInfo start = new("env", ["--default-signal=INT", "dotnet", Path.Combine(release, "Replications.Suite.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return start;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A claim of 1.25 ± 0.1 nats that needs two seeds.</summary>
    public static string Row(string experiment) =>
        $"fake/{experiment},{experiment},A paper,Table 1,,read,toy,a model,nll,test,last,nats,lower,1.25,,,0.1,default,exact,{(experiment == "large" ? "gpu" : "cpu")},2";
}
