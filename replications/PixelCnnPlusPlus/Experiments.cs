using Replications.Hosting.Experiments;

namespace Replications.PixelCnnPlusPlus;

/// <summary>CIFAR-10, with and without classes (section 3.2).</summary>
public static class PixelCnnPlusPlusPaper
{
    private static readonly PixelCnnPlusPlusRecipe Published = new();

    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "pixelcnnplusplus",
        "Salimans, Karpathy, Chen and Kingma, PixelCNN++: Improving the PixelCNN with Discretized Logistic Mixture Likelihood and Other Modifications, ICLR 2017",
        [
            Cifar("cifar10", "CIFAR-10", Published) with { Needs = "gpu" },
            Cifar("cifar10-classes", "CIFAR-10, conditional on classes", Published with { ClassConditional = true }) with { Needs = "gpu" },
        ]);

    private static Experiment<PixelCnnPlusPlusRecipe> Cifar(string name, string title, PixelCnnPlusPlusRecipe paper) => new()
    {
        Name = name,
        Title = title,
        Dataset = "cifar10",
        Paper = paper,
        Tiny = Small,
        Subject = (recipe, context) => new PixelCnnPlusPlusSubject(recipe, context),
    };

    private static PixelCnnPlusPlusRecipe Small(PixelCnnPlusPlusRecipe recipe) => recipe with
    {
        Filters = 4,
        Resnets = 1,
        Mixtures = 2,
        BatchSize = 16,
        Updates = 8,
    };
}
