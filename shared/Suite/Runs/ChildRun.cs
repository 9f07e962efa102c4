using System.Diagnostics;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Plans;
using Replications.Suite.Views;

namespace Replications.Suite.Runs;

/// <summary>Makes one run in a process of its own.</summary>
/// <param name="program">The replication's program.</param>
/// <param name="arguments">What it is told.</param>
internal sealed class ChildRun(ReplicationProgram program, IReadOnlyList<string> arguments)
{
    // Enough to hold an exception with its stack.
    private const int KeptLines = 40;

    // In a session of its own the child does not get the terminal's Ctrl-C beside the one that is handed on.
    private const string OwnSession = "/usr/bin/setsid";

    private readonly Queue<string> _last = new();

    /// <summary>The last lines it wrote that were not progress.</summary>
    public IReadOnlyCollection<string> LastLines => _last;

    /// <summary>Runs it to its end.</summary>
    /// <param name="view">Told of progress.</param>
    /// <param name="interruption">Its signals are handed on.</param>
    /// <returns>The exit code; 128 and the signal's number after a crash.</returns>
    public int Run(ProgressView view, Interruption interruption)
    {
        using Process process = new() { StartInfo = Start() };
        process.OutputDataReceived += (_, line) => Take(line.Data, view);
        process.ErrorDataReceived += (_, line) => Take(line.Data, view);
        process.Start();
        interruption.Attach(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        interruption.Detach();
        return process.ExitCode;
    }

    /// <summary>The arguments of a run's process.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="hasGpu">True when the machine has a GPU: it is used unless another device was asked for.</param>
    /// <param name="source">What its program was built from.</param>
    /// <param name="claims">What it answers for.</param>
    public static IReadOnlyList<string> Arguments(PlannedRun run, RunRequest request, bool hasGpu, SourceVersion source, IEnumerable<Claim> claims)
    {
        RunKey key = run.Key;
        List<string> arguments =
        [
            "run", "--experiment", key.Experiment, "--profile", key.Profile, "--seed", FormattableString.Invariant($"{key.Seed}"),
            "--results", request.Results, "--device", request.Device ?? (hasGpu ? "cuda" : "cpu"), "--precision", request.Precision,
        ];
        if (request.Fresh)
        {
            arguments.Add("--fresh");
        }

        if (request.Threads is { } threads)
        {
            arguments.AddRange(["--threads", FormattableString.Invariant($"{threads}")]);
        }

        foreach (string set in request.Set)
        {
            arguments.AddRange(["--set", set]);
        }

        if (request.DataMirror is { } mirror)
        {
            arguments.AddRange(["--data-mirror", mirror]);
        }

        if (source.Commit.Length > 0)
        {
            arguments.AddRange(["--source", source.Text]);
        }

        foreach (Claim claim in claims)
        {
            arguments.AddRange(["--declared", claim.Declaration]);
        }

        return arguments;
    }

    private ProcessStartInfo Start()
    {
        ProcessStartInfo start = program.Start(arguments);
        start.Environment[ProgressLine.Variable] = ProgressLine.Json;
        if (File.Exists(OwnSession))
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = OwnSession;
        }

        return start;
    }

    private void Take(string? line, ProgressView view)
    {
        if (line is null)
        {
            return;
        }

        if (ProgressLine.TryParse(line, out ProgressLine? report))
        {
            view.Advance(report);
            return;
        }

        lock (_last)
        {
            _last.Enqueue(line);
            if (_last.Count > KeptLines)
            {
                _last.Dequeue();
            }
        }
    }
}
