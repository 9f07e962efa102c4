using Replications.Claims;

namespace Replications.Suite.Plans;

/// <summary>What was asked of <c>run</c> or <c>plan</c>.</summary>
internal sealed record RunRequest
{
    /// <summary>Profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Globs of <c>--only</c>.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Seeds; null for as many as the profile needs.</summary>
    public IReadOnlyList<long>? Seeds { get; init; }

    /// <summary>Device, when it was chosen by hand.</summary>
    public string? Device { get; init; }

    /// <summary>Threads of one operator; null to leave the choice to the programs.</summary>
    public int? Threads { get; init; }

    /// <summary>Arithmetic of the products.</summary>
    public string Precision { get; init; } = Precisions.Float32;

    /// <summary>Begin again, whatever is there.</summary>
    public bool Fresh { get; init; }

    /// <summary>Constants to change, name=value.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Folder of data-set files.</summary>
    public string? DataMirror { get; init; }

    /// <summary>Time to spend.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Results folder.</summary>
    public required string Results { get; init; }
}
