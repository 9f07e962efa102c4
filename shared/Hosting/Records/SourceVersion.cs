using System.ComponentModel;
using System.Diagnostics;

namespace Replications.Hosting.Records;

/// <summary>Which version of the source a run was made with, as git says.</summary>
/// <param name="Commit">Commit; empty outside version control.</param>
/// <param name="Dirty">True when the working tree differed from it.</param>
internal sealed record SourceVersion(string Commit, bool Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks git about the folder that this program lies in.</summary>
    public static SourceVersion Read() =>
        Git("rev-parse", "HEAD") is { Length: > 0 } commit
            ? new SourceVersion(commit, Git("status", "--porcelain") is { Length: > 0 })
            : new SourceVersion("", false);

    private static string? Git(params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, "--no-optional-locks", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            string output = git.StandardOutput.ReadToEnd();
            return git.WaitForExit(Patience) && git.ExitCode == 0 ? output.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
