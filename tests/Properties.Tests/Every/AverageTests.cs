using Replications.Datasets;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Every;

/// <summary>Where an average of the weights is kept, it is what is measured.</summary>
public class AverageTests
{
    private const string Constant = "AverageDecay";

    public static TheoryData<string> Names => Registry.NamesWhere(recipe => recipe.GetType().GetProperty(Constant) is not null);

    /// <summary>An average that hardly moves measures as the weights did before they were trained; the weights themselves do not.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_average_of_the_weights_is_measured(string name)
    {
        double still = 1 - 1e-12;
        Assert.Equal(Measured(name, 0, still), Measured(name, 5, still), 1e-7);
        Assert.NotEqual(Measured(name, 0, 0), Measured(name, 5, 0), 1e-5);
    }

    private static double Measured(string name, int steps, double decay)
    {
        Recipe recipe = Registry.Experiment(name).TinyRecipe with { };
        recipe.GetType().GetProperty(Constant)!.SetValue(recipe, decay);
        using var tiny = new TinySubject(name, recipe: recipe);
        return tiny.Initialise().Train(steps).Evaluate(Split.Test).Single().Value;
    }
}
