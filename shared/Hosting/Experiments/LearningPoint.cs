using Replications.Training.Subjects;

namespace Replications.Hosting.Experiments;

/// <summary>
/// A named small configuration of a recipe, whose loss after some updates on the experiment's data is kept in data/reference/learning.csv: a change that
/// hurts learning moves it.
/// </summary>
/// <typeparam name="TRecipe">The paper's recipe type.</typeparam>
/// <param name="Configuration">Name.</param>
/// <param name="Updates">Updates, a few seconds of them.</param>
/// <param name="Small">From the paper's recipe to the configuration.</param>
/// <param name="Mistake">
/// From the configuration to one that learns worse, for example with half the rate: the reference must tell them apart, and what bfloat16 costs is held against
/// what this costs.
/// </param>
public sealed record LearningPoint<TRecipe>(string Configuration, int Updates, Func<TRecipe, TRecipe> Small, Func<TRecipe, TRecipe> Mistake)
    where TRecipe : Recipe
{
    /// <inheritdoc cref="LearningPoint.HasKernelNoise"/>
    public bool HasKernelNoise { get; init; }

    /// <summary>The recipes of an experiment.</summary>
    /// <param name="paper">The paper's recipe.</param>
    public LearningPoint Of(TRecipe paper) => new(Configuration, Updates, Small(paper), Mistake(Small(paper))) { HasKernelNoise = HasKernelNoise };
}

/// <summary>A small configuration with its recipes.</summary>
/// <param name="Configuration">Name.</param>
/// <param name="Updates">Updates.</param>
/// <param name="Recipe">The recipe.</param>
/// <param name="Mistake">The recipe that learns worse.</param>
public sealed record LearningPoint(string Configuration, int Updates, Recipe Recipe, Recipe Mistake)
{
    /// <summary>
    /// Noise such as dropout comes from a CPU's kernels. Plain operators (a GPU, the TorchSharp packages) draw other noise from the same seed, so that losses
    /// there are others.
    /// </summary>
    public bool HasKernelNoise { get; init; }
}
