using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Loop;

/// <summary>How the loop runs, besides the subject's schedule.</summary>
public sealed record TrainingOptions
{
    /// <summary>Training seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Arithmetic of the matrix products in updates; measurements are always taken in float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Where the subject's tensors live.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>Time after which a checkpoint is due between evaluations.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest share of the time that saving may take, 0.02 by default: a checkpoint waits until it is worth its cost.</summary>
    public double CheckpointShare { get; init; } = 0.02;
}
