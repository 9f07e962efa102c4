using Replications.Hosting.Experiments;

namespace Replications.PixelCnnPlusPlus;

/// <summary>CIFAR-10, with and without classes (section 3.2).</summary>
public static class PixelCnnPlusPlusPaper
{
    private static readonly PixelCnnPlusPlusRecipe Published = new();

    private static readonly LearningPoint<PixelCnnPlusPlusRecipe> s_reference = new(
        "1x16", 40, recipe => recipe with { Filters = 16, Mixtures = 3, BatchSize = 8, Rate = 1e-3 }, recipe => recipe with { Rate = recipe.Rate / 2 });

    // What that leaves out: classes, dropout as published, several blocks in a stage.
    private static readonly LearningPoint<PixelCnnPlusPlusRecipe> s_classes = s_reference with
    {
        Configuration = "2x16",
        Small = recipe => recipe with { Filters = 16, Resnets = 2, Mixtures = 3, BatchSize = 4, InitialBatch = 16 },
        HasKernelNoise = true,
    };

    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "pixelcnnplusplus",
        "Salimans, Karpathy, Chen and Kingma, PixelCNN++: Improving the PixelCNN with Discretized Logistic Mixture Likelihood and Other Modifications, ICLR 2017",
        [
            Cifar("cifar10", "CIFAR-10", Published) with { Needs = "gpu" },
            Cifar("cifar10-classes", "CIFAR-10, conditional on classes", Published with { ClassConditional = true }) with { Needs = "gpu", Reference = s_classes },
            Cifar("cifar10-reduced", "CIFAR-10, a small network for two CPU cores", Reduced) with { Published = Published, Quick = Quick, Reference = s_reference },
        ]);

    /// <summary>
    /// The same model at 15 % of the width and a fifth of the depth, with half the components and fewer updates; too small to overfit, so without
    /// dropout. Settings of our own, chosen without a search; 45,000 updates after 15,000 had been too few.
    /// </summary>
    private static PixelCnnPlusPlusRecipe Reduced => Published with
    {
        Filters = 24,
        Resnets = 1,
        Mixtures = 5,
        Dropout = 0,
        BatchSize = 32,
        InitialBatch = 16,
        Rate = 2e-3,
        RateDecay = 0.9999,
        AverageDecay = 0.999,
        Updates = 45_000,
    };

    /// <summary>A hundred updates of a few features, measured on a fortieth of the test images.</summary>
    private static PixelCnnPlusPlusRecipe Quick => Reduced with
    {
        Filters = 8,
        Mixtures = 3,
        BatchSize = 8,
        RateDecay = 1,
        AverageDecay = 0.95,
        Updates = 100,
        TestImages = 250,
    };

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
        InitialBatch = 16,
        Updates = 8,
    };
}
