using Replications.Datasets.Registry;

namespace Replications.Training.Subjects;

/// <summary>
/// Every constant of an experiment, each with its source in the paper. Immutable; compared by value, so a recipe is
/// <c>reduced</c> exactly when it differs from the paper's; written whole into run.json. Properties are numbers, strings,
/// booleans and enumerations with <c>init</c>, so that <c>--set name=value</c> can change each of them.
/// </summary>
public abstract record Recipe
{
    /// <summary>Says what is wrong with these constants, one sentence each; empty when all is well.</summary>
    public abstract IEnumerable<string> Problems();

    /// <summary>Says what of these constants, which are possible, does not go with the experiment's data set; empty when all does.</summary>
    /// <param name="data">What the registry knows of it.</param>
    public virtual IEnumerable<string> ProblemsWith(DataSetEntry data) => [];
}
