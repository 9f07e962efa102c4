using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Replications.Datasets.Sources;

/// <summary>A package manager's own client, run as a child process.</summary>
internal static class ClientProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="DataException">It failed; the message holds the end of what it printed.</exception>
    /// <exception cref="PlatformNotSupportedException">It is not installed.</exception>
    public static void Run(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellation)
    {
        using Process process = Start(program, arguments, folder);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
            throw new DataException(program, string.Create(CultureInfo.InvariantCulture, $"ended with {process.ExitCode}: {LastLines(errors.Result + output.Result)}"));
    }

    /// <summary>Runs a program and hands its output to a reader.</summary>
    /// <exception cref="DataException">It failed.</exception>
    /// <exception cref="PlatformNotSupportedException">It is not installed.</exception>
    public static T Read<T>(string program, IEnumerable<string> arguments, string folder, Func<Stream, T> reader)
    {
        using Process process = Start(program, arguments, folder);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            T result = reader(process.StandardOutput.BaseStream);
            process.StandardOutput.BaseStream.CopyTo(Stream.Null);
            process.WaitForExit();
            return process.ExitCode == 0
                ? result
                : throw new DataException(program, string.Create(CultureInfo.InvariantCulture, $"ended with {process.ExitCode}: {LastLines(errors.Result)}"));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, string folder)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start) ?? throw new DataException(program, "could not be started");
        }
        catch (Win32Exception e)
        {
            throw new PlatformNotSupportedException($"{program} is not installed or cannot be started", e);
        }
    }

    private static string LastLines(string text) =>
        string.Join(" / ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(4));
}
