namespace Replications.Training.Loop;

/// <summary>What a run is doing.</summary>
public enum Phase
{
    /// <summary>Making updates.</summary>
    Training,

    /// <summary>A check-up during training.</summary>
    Evaluating,

    /// <summary>The measurements at the end.</summary>
    Measuring,

    /// <summary>Drawing pictures.</summary>
    Drawing,
}
