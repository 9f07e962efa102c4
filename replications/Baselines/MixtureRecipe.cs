using Replications.Training.Subjects;

namespace Replications.Baselines;

/// <summary>
/// Constants of a mixture of Bernoullis. Salakhutdinov and Hinton (2009, section 4.1) publish K = 10, 100 and 500 and not how they
/// were fitted; all constants but K are ours, chosen on the validation split.
/// </summary>
public sealed record MixtureRecipe : Recipe
{
    /// <summary>Number of components K.</summary>
    [AtLeast(1)]
    public int Components { get; init; } = 10;

    /// <summary>Pseudo-counts of one and of zero for each pixel of a component, and of one for each component's weight.</summary>
    [Positive]
    public double Smoothing { get; init; } = 0.1;

    /// <summary>A component starts at <c>(1 - Contrast)/2 + Contrast * x</c> of a random training image x.</summary>
    [Within("(0,1)")]
    public double Contrast { get; init; } = 0.5;

    /// <summary>Passes of EM at most. A pass is one E-step over all of the training split and one M-step.</summary>
    [AtLeast(1)]
    public int MaxPasses { get; init; } = 200;

    /// <summary>Passes between looks at the validation split.</summary>
    [AtLeast(1)]
    public int EvaluateEvery { get; init; } = 5;

    /// <summary>Looks without a better validation likelihood after which EM has converged.</summary>
    [AtLeast(1)]
    public int Patience { get; init; } = 4;
}
