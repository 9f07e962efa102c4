using Replications.Hosting.Experiments;

namespace Replications.Rbm;

/// <summary>The three RBMs of Table 1 with 500 hidden units.</summary>
public static class RbmPaper
{
    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "rbm",
        "Salakhutdinov and Murray, On the Quantitative Analysis of Deep Belief Networks, ICML 2008",
        [
            Mnist("mnist-cd1", new RbmRecipe { GibbsSteps = 1 }, quickEpochs: 3),
            Mnist("mnist-cd3", new RbmRecipe { GibbsSteps = 3 }, quickEpochs: null),
            // The authors' archive for annealing, rbm.m with anneal_lr: after 250 epochs it has arrived at 25 steps.
            Mnist("mnist-cd25", new RbmRecipe { GibbsSteps = 25, EpochsPerGibbsStep = 10, Cooling = 0, BiasesFromMeans = false }, quickEpochs: 1),
        ]);

    /// <summary>Quick: a few epochs with 100 hidden units, all Gibbs steps from the start, and a fifth of the annealing.</summary>
    private static Experiment<RbmRecipe> Mnist(string name, RbmRecipe paper, int? quickEpochs) => new()
    {
        Name = name,
        Title = $"Binarized MNIST, 500 hidden units, CD-{paper.GibbsSteps}",
        Dataset = "mnist-binarized",
        Paper = paper,
        Quick = quickEpochs is { } epochs
            ? paper with { HiddenUnits = 100, EpochsPerGibbsStep = 0, Epochs = epochs, AnnealingSteps = 2900, AnnealingDoublings = 2, ReversePoints = 5, CheckupEvery = 1 }
            : null,
        Tiny = recipe => recipe with { HiddenUnits = 6, Chains = 16, Temperatures = 3, BatchSize = 16, Epochs = 4, EpochsPerGibbsStep = Math.Min(recipe.EpochsPerGibbsStep, 1), CheckupSteps = 29, AnnealingRuns = 8, CheckupEvery = 2 },
        Subject = (recipe, context) => new RbmSubject(recipe, context),
    };
}
