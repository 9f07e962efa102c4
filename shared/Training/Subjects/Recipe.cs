using System.Globalization;
using System.Reflection;
using Replications.Datasets.Registry;

namespace Replications.Training.Subjects;

/// <summary>
/// Every constant of an experiment, each with its source in the paper. Immutable; compared by value, so a recipe is
/// <c>reduced</c> exactly when it differs from the paper's; written whole into run.json. Properties are numbers, strings,
/// booleans and enumerations with <c>init</c>, so that <c>--set name=value</c> can change each of them. Each number has a
/// <see cref="RuleAttribute"/>.
/// </summary>
public abstract record Recipe
{
    /// <summary>
    /// Says what is wrong with these constants, one sentence each; empty when all is well. Numbers are held to the rules at their properties, enumerations to
    /// their words; a recipe adds what its constants ask of one another.
    /// </summary>
    public virtual IEnumerable<string> Problems()
    {
        // In the order of the source, which reflection does not promise by itself.
        foreach (PropertyInfo constant in GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).OrderBy(p => p.MetadataToken))
        {
            // Null is a constant that is not used.
            if (constant.GetValue(this) is not { } value)
                continue;
            if (value is Enum && !Enum.IsDefined(value.GetType(), value))
                yield return FormattableString.Invariant($"{constant.Name} {value} does not exist");
            if (constant.GetCustomAttribute<RuleAttribute>() is { } rule && !rule.Allows(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
                yield return FormattableString.Invariant($"{constant.Name} {rule.Demand}, not {value}");
        }
    }

    /// <summary>Says what of these constants, which are possible, does not go with the experiment's data set; empty when all does.</summary>
    /// <param name="data">What the registry knows of it.</param>
    public virtual IEnumerable<string> ProblemsWith(DataSetEntry data) => [];
}
