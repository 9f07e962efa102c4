using Replications.Hosting.Experiments;

namespace Replications.Dbm;

/// <summary>The two machines of Table 1.</summary>
public static class DbmPaper
{
    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "dbm",
        "Salakhutdinov and Hinton, Deep Boltzmann Machines, AISTATS 2009",
        [
            Mnist("mnist-2layer", "500 and 1000 hidden units", new DbmRecipe()),
            Mnist("mnist-3layer", "500, 500 and 1000 hidden units", new DbmRecipe { SecondUnits = 500, ThirdUnits = 1000 }),
        ]);

    /// <summary>Quick: one epoch of each part, few units, a quarter of the annealing.</summary>
    private static Experiment<DbmRecipe> Mnist(string name, string title, DbmRecipe paper) => new()
    {
        Name = name,
        Title = $"Binarized MNIST, {title}",
        Dataset = "mnist-binarized",
        Paper = paper,
        Quick = paper with
        {
            FirstUnits = 64,
            SecondUnits = 64,
            BatchSize = 500,
            ThirdUnits = Math.Min(paper.ThirdUnits, 64),
            FirstEpochs = 1,
            UpperEpochs = 1,
            JointEpochs = 1,
            MeanFieldUpdates = 10,
            BoundUpdates = 30,
            AnnealingSteps = 5000,
            AnnealingDoublings = 2,
        },
        Tiny = recipe => recipe with
        {
            FirstUnits = 4,
            SecondUnits = 3,
            ThirdUnits = Math.Min(recipe.ThirdUnits, 3),
            FirstEpochs = 1,
            UpperEpochs = 1,
            JointEpochs = 1,
            BatchSize = 48,
            Chains = 16,
        },
        Subject = (recipe, context) => new DbmSubject(recipe, context),
    };
}
