using System.ComponentModel;
using System.Diagnostics;

namespace Replications.Reporting.Charts;

/// <summary>The installed Vega: scripts for live charts, and Node to render pictures. Absent tools are said, never a reason to fail.</summary>
/// <param name="folder">Folder of <c>render.mjs</c> and <c>node_modules</c>; null when there is none.</param>
internal sealed class VegaTools(string? folder)
{
    /// <summary>Longer than any report takes; a hanging Node must not hang the suite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The folder inside a source tree that the program was built in; null outside one.</summary>
    public static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", "Reporting", "vega");
            if (File.Exists(Path.Combine(candidate, "render.mjs")))
                return candidate;
        }

        return null;
    }

    /// <summary>The scripts that draw live charts, each after its licence; null, with the reason, when they are not installed.</summary>
    /// <param name="reason">Why there are none.</param>
    public IReadOnlyList<(string Licence, string Script)>? Scripts(out string reason)
    {
        reason = "";
        if (folder is null)
        {
            reason = "the folder shared/Reporting/vega was not found";
            return null;
        }

        var scripts = new List<(string, string)>();
        foreach (string name in new[] { "vega", "vega-lite" })
        {
            string package = Path.Combine(folder, "node_modules", name);
            string script = Path.Combine(package, "build", name + ".min.js");
            string licence = Path.Combine(package, "LICENSE");
            if (!File.Exists(script) || !File.Exists(licence))
            {
                reason = $"the npm package {name} is not installed: 'npm ci --omit=dev' in shared/Reporting/vega installs it";
                return null;
            }

            scripts.Add((File.ReadAllText(licence), File.ReadAllText(script)));
        }

        return scripts;
    }

    /// <summary>Renders specifications to SVG files beside them.</summary>
    /// <param name="specs">The specification files.</param>
    /// <returns>Null when all were rendered; else why not, in one sentence.</returns>
    public string? Render(IReadOnlyList<string> specs)
    {
        if (specs.Count == 0)
            return null;
        if (Scripts(out string reason) is null)
            return reason;
        var start = new ProcessStartInfo("node") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(folder!, "render.mjs"));
        foreach (string spec in specs)
            start.ArgumentList.Add(Path.GetFullPath(spec));
        try
        {
            using Process node = Process.Start(start)!;
            Task<string> errors = node.StandardError.ReadToEndAsync();
            Task<string> output = node.StandardOutput.ReadToEndAsync();
            if (!node.WaitForExit(Patience))
            {
                node.Kill(entireProcessTree: true);
                return FormattableString.Invariant($"node was stopped after {Patience.TotalMinutes} minutes");
            }

            Task.WaitAll(errors, output);
            return node.ExitCode == 0 ? null : FormattableString.Invariant($"node ended with {node.ExitCode}: {OneLine(errors.Result)}");
        }
        catch (Win32Exception e)
        {
            return $"node could not be started ({e.Message})";
        }
    }

    private static string OneLine(string text) => string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(5));
}
