using Replications.Hosting.Records;
using Replications.Training.Loop;
using Replications.Training.Storage;

namespace Replications.Hosting.Commands;

/// <summary>What a run uses of the world, so that a test can put its own in place.</summary>
internal sealed record HostServices
{
    /// <summary>Where data sets come from.</summary>
    public required DataOpener Data { get; init; }

    /// <summary>The disk that runs are written to.</summary>
    public Disk Disk { get; init; } = Disk.Real;

    /// <summary>Changes how often checkpoints are made.</summary>
    public Func<TrainingOptions, TrainingOptions> Options { get; init; } = options => options;
}
