using Replications.Training.Subjects;

namespace Replications.Baselines;

/// <summary>
/// Constants of a mixture of Bernoullis. Salakhutdinov and Hinton (2009, section 4.1) publish K = 10, 100 and 500 and not how they
/// were fitted; all constants but K are ours, chosen on the validation split.
/// </summary>
public sealed record MixtureRecipe : Recipe
{
    /// <summary>Number of components K.</summary>
    public int Components { get; init; } = 10;

    /// <summary>Pseudo-counts of one and of zero for each pixel of a component, and of one for each component's weight.</summary>
    public double Smoothing { get; init; } = 0.1;

    /// <summary>A component starts at <c>(1 - Contrast)/2 + Contrast * x</c> of a random training image x.</summary>
    public double Contrast { get; init; } = 0.5;

    /// <summary>Passes of EM at most. A pass is one E-step over all of the training split and one M-step.</summary>
    public int MaxPasses { get; init; } = 200;

    /// <summary>Passes between looks at the validation split.</summary>
    public int EvaluateEvery { get; init; } = 5;

    /// <summary>Looks without a better validation likelihood after which EM has converged.</summary>
    public int Patience { get; init; } = 4;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        if (Components < 1)
            yield return $"Components must be at least 1, not {Components}";
        if (!(Smoothing is > 0 and < double.PositiveInfinity))
            yield return $"Smoothing must be above 0 and finite, not {Smoothing}";
        if (!(Contrast is > 0 and < 1))
            yield return $"Contrast must lie inside (0,1), not {Contrast}";
        if (MaxPasses < 1)
            yield return $"MaxPasses must be at least 1, not {MaxPasses}";
        if (EvaluateEvery < 1)
            yield return $"EvaluateEvery must be at least 1, not {EvaluateEvery}";
        if (Patience < 1)
            yield return $"Patience must be at least 1, not {Patience}";
    }
}
