using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Replications.Claims;

/// <summary>The exact command that makes runs again.</summary>
public static class RerunCommand
{
    /// <summary>The command for runs of one experiment.</summary>
    /// <param name="profile">Profile.</param>
    /// <param name="replication">Replication name.</param>
    /// <param name="experiment">Experiment name.</param>
    /// <param name="seeds">Training seeds.</param>
    /// <param name="device">Device, when it was chosen by hand; else null.</param>
    /// <param name="overrides">What <c>--set</c> changed, name to value.</param>
    public static string For(
        string profile, string replication, string experiment, IEnumerable<long> seeds, string? device = null,
        JsonObject? overrides = null)
    {
        StringBuilder text = new($"./run-all.sh run --profile {profile} --only {replication}/{experiment} --seeds {SeedList.Text(seeds)}");
        if (device is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" --device {device}");
        }

        foreach ((string name, JsonNode? value) in overrides ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $" --set {Quote($"{name}={value}")}");
        }

        return text.Append(" --fresh").ToString();
    }

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "=._-+/:".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
