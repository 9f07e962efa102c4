using Replications.Hosting.Experiments;

namespace Replications.Dbn;

/// <summary>The network of 500 and 2000 hidden units.</summary>
public static class DbnPaper
{
    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "dbn",
        "Salakhutdinov and Murray, On the Quantitative Analysis of Deep Belief Networks, ICML 2008",
        [
            new Experiment<DbnRecipe>
            {
                Name = "mnist",
                Title = "Binarized MNIST, 500 and 2000 hidden units",
                Dataset = "mnist-binarized",
                Paper = new DbnRecipe(),
                Quick = new DbnRecipe { FirstUnits = 100, SecondUnits = 100, FirstEpochs = 1, SecondEpochs = 1, UpDownEpochs = 1, GibbsSteps = 5, AnnealingSteps = 1450, AnnealingDoublings = 2, BoundDraws = 2 },
                Tiny = recipe => recipe with { FirstUnits = 6, SecondUnits = 5, FirstEpochs = 1, SecondEpochs = 1, UpDownEpochs = 1, GibbsSteps = 2, BatchSize = 16 },
                Subject = (recipe, context) => new DbnSubject(recipe, context),
            },
        ]);
}
