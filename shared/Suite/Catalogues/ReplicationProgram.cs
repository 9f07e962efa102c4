using System.Diagnostics;
using System.Text.Json;
using Replications.Claims;

namespace Replications.Suite.Catalogues;

/// <summary>The built program of one replication.</summary>
/// <param name="folder">Name of its folder, for example <c>PlanarFlows</c>.</param>
/// <param name="programs">The folder of built programs.</param>
internal sealed class ReplicationProgram(string folder, string programs)
{
    // Describing loads no libtorch and takes a fraction of a second; a program that hangs must not hang the suite.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Its file.</summary>
    public string Path { get; } = System.IO.Path.Combine(programs, folder, "release", $"Replications.{folder}.dll");

    /// <summary>Asks the program what experiments it has.</summary>
    /// <exception cref="InvalidDataException">It is not built, failed, or answered something else.</exception>
    public IReadOnlyList<ExperimentDescription> Describe()
    {
        if (!File.Exists(Path))
        {
            throw new InvalidDataException($"not built: there is no {Path}");
        }

        using Process process = Process.Start(Start(["describe"]))
            ?? throw new InvalidDataException($"{Path} could not be started");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> answer = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidDataException(FormattableString.Invariant($"describe took more than {Patience.TotalSeconds} s"));
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidDataException($"describe ended with exit code {process.ExitCode}: {FirstLine(errors.Result)}");
        }

        try
        {
            return JsonSerializer.Deserialize<List<ExperimentDescription>>(answer.Result, RunRecordFile.Options) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"describe did not answer with a list of experiments: {e.Message}", e);
        }
    }

    /// <summary>How to start the program, its output taken.</summary>
    /// <param name="arguments">Its arguments.</param>
    public ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "without a word";
}
