using Replications.Claims;
using Replications.Training.Subjects;

namespace Replications.Hosting.Commands;

/// <summary>A run as the command line asks for it.</summary>
internal sealed record RunRequest
{
    public required string Experiment { get; init; }

    public string Profile { get; init; } = Profiles.Quick;

    public long Seed { get; init; } = 1;

    public string Results { get; init; } = "results";

    public string Device { get; init; } = "cpu";

    public Precision Precision { get; init; }

    public bool Fresh { get; init; }

    public IReadOnlyList<string> Sets { get; init; } = [];

    public string? DataMirror { get; init; }

    public int? Threads { get; init; }

    public SourceVersion? Source { get; init; }

    public IReadOnlyList<string> Declared { get; init; } = [];
}
