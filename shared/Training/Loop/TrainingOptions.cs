namespace Replications.Training.Loop;

/// <summary>How the loop runs, besides the subject's schedule. Nothing here changes a result.</summary>
public sealed record TrainingOptions
{
    /// <summary>Training seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Time after which a checkpoint is due between evaluations.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest share of the time that saving may take, 0.02 by default: a checkpoint waits until it is worth its cost.</summary>
    public double CheckpointShare { get; init; } = 0.02;
}
