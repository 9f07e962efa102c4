using System.ComponentModel;
using System.Diagnostics;

namespace Replications.Claims;

/// <summary>Which version of the source a run was made with, as git says.</summary>
/// <param name="Commit">Commit; empty outside version control.</param>
/// <param name="Dirty">True when the working tree differed from it, or git could not say.</param>
public sealed record SourceVersion(string Commit, bool Dirty)
{
    private const string DirtyMark = "+dirty";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks git about the folder that this program lies in.</summary>
    public static SourceVersion Read() =>
        Git("rev-parse", "HEAD") is { Length: > 0 } commit
            ? new SourceVersion(commit, Git("status", "--porcelain") is not "")
            : new SourceVersion("", false);

    /// <summary>As an option takes it: the commit, <c>+dirty</c> behind it where the tree differed.</summary>
    public string Text => Dirty ? Commit + DirtyMark : Commit;

    /// <summary>Reads what <see cref="Text"/> writes.</summary>
    /// <param name="text">The text.</param>
    public static SourceVersion Parse(string text) =>
        text.EndsWith(DirtyMark, StringComparison.Ordinal) ? new SourceVersion(text[..^DirtyMark.Length], true) : new SourceVersion(text, false);

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
