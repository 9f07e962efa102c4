using Replications.Datasets;

namespace Replications.Training.Subjects;

/// <summary>How long a subject trains, when it is evaluated, what selects its weights and stops it.</summary>
public sealed record Schedule
{
    /// <summary>Updates in one pass over the training split; at least 1.</summary>
    public required long StepsPerEpoch { get; init; }

    /// <summary>Updates after which training ends, whatever the validation says. 0 for a model fitted in closed form by <see cref="ISubject.Initialise"/>.</summary>
    public required long MaxSteps { get; init; }

    /// <summary>
    /// Updates that one <see cref="ISubject.Step"/> makes, each with its own check: 1, or more where several are one step, as some of a critic and one of its
    /// generator. Where it is 1, a step that finds something not finite has changed nothing.
    /// </summary>
    public int UpdatesPerStep { get; init; } = 1;

    /// <summary>Updates between evaluations; 0 for one at the end alone.</summary>
    public long EvaluateEvery { get; init; }

    /// <summary>Split measured during training.</summary>
    public Split EvaluateOn { get; init; } = Split.Valid;

    /// <summary>Splits measured at the end, with the last and, where there is selection, the selected weights.</summary>
    public IReadOnlyList<Split> MeasureAtEnd { get; init; } = [Split.Valid, Split.Test];

    /// <summary>Measurement whose best value on <see cref="EvaluateOn"/> selects the weights; null keeps only the last.</summary>
    public string? SelectOn { get; init; }

    /// <summary>True when a larger value of <see cref="SelectOn"/> is better.</summary>
    public bool SelectLargest { get; init; }

    /// <summary>Evaluations without improvement after which training stops; 0 never stops early.</summary>
    public int Patience { get; init; }
}
