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

    [Theory]
    [MemberData(nameof(Names))]
    public void Nonsense_in_any_constant_is_refused_and_named(string name)
    {
        Recipe recipe = Registry.Experiment(name).PaperRecipe;
        foreach (PropertyInfo constant in recipe.GetType().GetProperties().Where(p => p.CanWrite))
        {
            object? nonsense = constant.PropertyType switch
            {
                Type t when t == typeof(int) => int.MinValue,
                Type t when t == typeof(long) => long.MinValue,
                Type t when t == typeof(double) => double.NaN,
                Type t when t.IsEnum => Enum.ToObject(t, 999),
                _ => null,
            };
            if (nonsense is null)
                continue;
            string[] problems = [.. With(recipe, constant, nonsense).Problems()];
            Assert.Contains(problems, p => p.Contains(constant.Name, StringComparison.Ordinal));
        }
    }

    private static Recipe With(Recipe recipe, PropertyInfo constant, object value)
    {
        MethodInfo clone = recipe.GetType().GetMethod("<Clone>$")!;
        var copy = (Recipe)clone.Invoke(recipe, null)!;
        constant.SetValue(copy, value);
        return copy;
    }
}
