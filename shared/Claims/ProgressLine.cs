using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Replications.Claims;

/// <summary>
/// How far a run is: one line <c>@progress {json}</c> on the standard output of a replication that was started with
/// <see cref="Variable"/> set to <c>json</c>.
/// </summary>
/// <param name="Phase"><c>data</c>, <c>training</c>, <c>evaluating</c>, <c>measuring</c> or <c>drawing</c>.</param>
/// <param name="Done">Units done in this phase.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Step">Updates made.</param>
/// <param name="Epoch">Passes over the training split.</param>
/// <param name="Scalars">Scalars of the latest step; empty outside training.</param>
/// <param name="EtaSeconds">Seconds to the end of this phase at the present pace; null while unknown.</param>
public sealed record ProgressLine(
    string Phase, long Done, long Total, long Step, double Epoch, IReadOnlyDictionary<string, double> Scalars, double? EtaSeconds)
{
    /// <summary>Environment variable by which a parent process asks for these lines.</summary>
    public const string Variable = "REPLICATIONS_PROGRESS";

    /// <summary>What <see cref="Variable"/> is set to.</summary>
    public const string Json = "json";

    private const string Prefix = "@progress ";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // A loss that is not finite must not end the run by way of its progress line.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The line, without its end.</summary>
    public string Text() => Prefix + JsonSerializer.Serialize(this, Options);

    /// <summary>Reads a line of a replication's output.</summary>
    /// <param name="line">Any line.</param>
    /// <param name="progress">What it says.</param>
    /// <returns>False when it is an ordinary line.</returns>
    public static bool TryParse(string line, [NotNullWhen(true)] out ProgressLine? progress)
    {
        progress = null;
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        try
        {
            progress = JsonSerializer.Deserialize<ProgressLine>(line.AsSpan(Prefix.Length), Options);
        }
        catch (JsonException)
        {
            return false;
        }

        return progress is not null;
    }
}
