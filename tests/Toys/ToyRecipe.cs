using Replications.Training.Subjects;

namespace Replications.Toys;

/// <summary>How a toy trains.</summary>
public enum Pace
{
    /// <summary>Constant learning rate.</summary>
    Constant,

    /// <summary>The learning rate halves at the middle.</summary>
    HalfWay,
}

/// <summary>Constants of every toy.</summary>
public sealed record ToyRecipe : Recipe
{
    public int Hidden { get; init; } = 6;

    public double LearningRate { get; init; } = 0.05;

    public long Steps { get; init; } = 14;

    public long EvaluateEvery { get; init; } = 4;

    public int Patience { get; init; }

    public Pace Pace { get; init; } = Pace.HalfWay;

    /// <summary>Step at which the loss is NaN; -1 for never.</summary>
    public long NanAt { get; init; } = -1;

    /// <summary>Milliseconds that a step and a unit of evaluation wait, so that a signal can hit them.</summary>
    public int Pause { get; init; }

    /// <summary>The same for a unit of drawing.</summary>
    public int DrawPause { get; init; }

    public override IEnumerable<string> Problems()
    {
        if (Hidden is < 1 or > 1000)
            yield return "hidden is between 1 and 1000";
        if (LearningRate <= 0)
            yield return "learningRate is above 0";
    }

    internal Schedule Schedule() => new()
    {
        StepsPerEpoch = 5,
        MaxSteps = Steps,
        EvaluateEvery = EvaluateEvery,
        SelectOn = "loss",
        Patience = Patience,
    };
}
