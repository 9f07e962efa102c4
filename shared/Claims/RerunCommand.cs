using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Replications.Claims;

/// <summary>The exact command that makes runs again.</summary>
public static class RerunCommand
{
    private const string Fresh = " --fresh";

    /// <summary>The command for runs of one experiment.</summary>
    /// <param name="profile">Profile.</param>
    /// <param name="replication">Replication name.</param>
    /// <param name="experiment">Experiment name.</param>
    /// <param name="seeds">Training seeds.</param>
    /// <param name="engines">What they computed with, which their digits depend on: said as far as all agree, and otherwise left to the machine.</param>
    /// <param name="overrides">Constants that were changed by hand, name to value.</param>
    public static string For(
        string profile, string replication, string experiment, IEnumerable<long> seeds, IReadOnlyCollection<EngineRecord> engines, JsonObject? overrides = null)
    {
        StringBuilder text = new($"./run-all.sh run --profile {profile} --only {replication}/{experiment} --seeds {SeedList.Text(seeds)}");
        if (Shared(engines, e => e.Device) is { } device)
        {
            text.Append(CultureInfo.InvariantCulture, $" --device {device}");
        }

        // A sum is split among the threads of a processor; on a GPU its kernels decide.
        if (Shared(engines, e => e.Device == "cpu" ? e.Threads.ToString(CultureInfo.InvariantCulture) : "") is { Length: > 0 } threads)
        {
            text.Append(CultureInfo.InvariantCulture, $" --threads {threads}");
        }

        if (Shared(engines, e => e.Precision) is { } precision and not Precisions.Float32)
        {
            text.Append(CultureInfo.InvariantCulture, $" --precision {precision}");
        }

        foreach (string change in Set(overrides ?? []))
        {
            text.Append(CultureInfo.InvariantCulture, $" --set {Quote(change)}");
        }

        return text.Append(Fresh).ToString();
    }

    /// <summary>The command that keeps what is finished and takes up what was interrupted, which <c>--fresh</c> would throw away.</summary>
    /// <param name="command">The command that makes the run again.</param>
    public static string Onward(string command) =>
        command.EndsWith(Fresh, StringComparison.Ordinal) ? command[..^Fresh.Length] : command;

    /// <summary>Changed constants as <c>--set</c> takes them.</summary>
    /// <param name="overrides">Name to value, as a run's record has them.</param>
    public static IEnumerable<string> Set(JsonObject overrides) => overrides.Select(o => $"{o.Key}={o.Value}");

    private static string? Shared(IReadOnlyCollection<EngineRecord> engines, Func<EngineRecord, string> what) =>
        engines.Select(what).Distinct().Take(2).ToArray() is [{ } same] ? same : null;

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "=._-+/:".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
