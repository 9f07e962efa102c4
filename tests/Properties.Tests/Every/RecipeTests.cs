using System.Reflection;
using Replications.Datasets;
using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Every;

/// <summary>A recipe refuses nonsense in any of its constants, and only nonsense.</summary>
public class RecipeTests
{
    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Published_and_quick_recipes_have_no_problems(string name)
    {
        Experiment experiment = Registry.Experiment(name);
        foreach (Recipe? recipe in new[] { experiment.PublishedRecipe, experiment.PaperRecipe, experiment.QuickRecipe })
        {
            Assert.Empty(recipe?.Problems() ?? []);
            Assert.Empty(recipe?.ProblemsWith(DataSets.Find(experiment.Dataset)) ?? []);
        }
    }

    /// <summary>A number that was given no rule, or one for numbers of another kind, is found here.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Nonsense_in_any_constant_is_refused_and_named(string name)
    {
        Recipe recipe = Registry.Experiment(name).PaperRecipe;
        foreach (PropertyInfo constant in recipe.GetType().GetProperties().Where(p => p.CanWrite))
        {
            foreach (object nonsense in Nonsense(Nullable.GetUnderlyingType(constant.PropertyType) ?? constant.PropertyType))
            {
                bool refused = With(recipe, constant, nonsense).Problems().Any(p => p.StartsWith($"{constant.Name} ", StringComparison.Ordinal));
                Assert.True(refused, $"no rule keeps {constant.Name} from being {nonsense}");
            }
        }
    }

    /// <summary>Values that no constant of a type can have: none of ours counts below zero or goes on without end.</summary>
    private static object[] Nonsense(Type type) => type switch
    {
        // Either is possible, and any text is.
        _ when type == typeof(bool) || type == typeof(string) => [],
        _ when type == typeof(int) => [-1, int.MinValue],
        _ when type == typeof(long) => [-1L, long.MinValue],
        _ when type == typeof(double) => [-1.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity],
        _ when type.IsEnum => [Enum.ToObject(type, 999)],
        _ => throw new NotSupportedException($"no nonsense is known for constants of type {type}"),
    };

    private static Recipe With(Recipe recipe, PropertyInfo constant, object value)
    {
        MethodInfo clone = recipe.GetType().GetMethod("<Clone>$")!;
        var copy = (Recipe)clone.Invoke(recipe, null)!;
        constant.SetValue(copy, value);
        return copy;
    }
}
