using Replications.Hosting.Experiments;

namespace Replications.Made;

/// <summary>Rows of Tables 4 (UCI; RCV1 is left out) and 6 (binarized MNIST).</summary>
public static class MadePaper
{
    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "made",
        "Germain, Gregor, Murray and Larochelle, MADE: Masked Autoencoder for Distribution Estimation, ICML 2015",
        [
            Mnist("mnist-1x8000-1mask", 1, 1, quickEpochs: 10),
            Mnist("mnist-1x8000-32masks", 1, 32, quickEpochs: 5),
            Mnist("mnist-2x8000-1mask", 2, 1, quickEpochs: null),
            Mnist("mnist-2x8000-32masks", 2, 32, quickEpochs: null),
            .. Uci("adult", Cell(Activation.ReLU, 1e-9), Cell(Activation.ReLU, 1e-5, masks: 8), quickEpochs: 20),
            .. Uci("connect4", Cell(Activation.Softplus, 1e-7), Cell(Activation.Softplus, 1e-5, masks: 8), quickEpochs: null),
            .. Uci("dna", Cell(Activation.ReLU, 1e-9), Cell(Activation.ReLU, 1e-5, masks: 0), quickEpochs: 20),
            .. Uci("mushrooms", Cell(Activation.Softplus, 1e-5), Cell(Activation.Softplus, 1e-5, masks: 8), quickEpochs: 20),
            .. Uci("nips", Cell(Activation.Softplus, 1e-9), Cell(Activation.Softplus, 1e-7, masks: 0), quickEpochs: null),
            .. Uci("ocr-letters", Cell(Activation.ReLU, 1e-7), Cell(Activation.ReLU, 1e-5, masks: 8), quickEpochs: null),
            .. Uci("web", Cell(Activation.ReLU, 1e-7), Cell(Activation.ReLU, 1e-5, masks: 8), quickEpochs: null),
        ]);

    /// <summary>
    /// A cell of the grid of section 6.1: 500 units, Adadelta with decay 0.95, and 1, 8, 16, 32 masks or masks without limit (0). Which cell
    /// won is published for DNA alone (the official command: ReLU, 1e-5, no limit). Ours have one hidden layer and the activation and
    /// epsilon with the best validation likelihood among those tried before the runs that count: see README.md.
    /// </summary>
    private static MadeRecipe Cell(Activation activation, double epsilon, int masks = 1) => new()
    {
        HiddenUnits = 500,
        Activation = activation,
        Masks = masks,
        UpdateRule = UpdateRule.Adadelta,
        Epsilon = epsilon,
        Decay = 0.95,
    };

    /// <summary>
    /// Section 6.2 and the official command for 2 x 8000 units with 32 masks, the only one published: Adagrad, rate 0.01, epsilon 1e-6. The other
    /// rows share it. Quick: the network of figure 2, 500 units with 1 or 8 masks, and a few epochs.
    /// </summary>
    private static Experiment<MadeRecipe> Mnist(string name, int layers, int masks, int? quickEpochs)
    {
        var paper = new MadeRecipe { HiddenLayers = layers, Masks = masks };
        return Made(name, $"Binarized MNIST, {layers} x 8000 units, {masks} mask{(masks == 1 ? "" : "s")}", "mnist-binarized", paper,
            quickEpochs is { } epochs ? paper with { HiddenUnits = 500, Masks = Math.Min(masks, 8), MaxEpochs = epochs } : null);
    }

    /// <summary>The two rows of Table 4: one mask, and masks sampled. Quick: a few epochs with the grid's fastest epsilon, and fewer masks to average.</summary>
    private static Experiment<MadeRecipe>[] Uci(string set, MadeRecipe fixedMask, MadeRecipe sampled, int? quickEpochs) =>
    [
        Made(set, $"UCI {set}, one mask", $"uci-{set}", fixedMask, Quick(fixedMask, quickEpochs)),
        Made($"{set}-masks", $"UCI {set}, {(sampled.Masks == 0 ? "masks without limit" : $"{sampled.Masks} masks")}", $"uci-{set}", sampled, Quick(sampled, quickEpochs)),
    ];

    private static MadeRecipe? Quick(MadeRecipe cell, int? epochs) =>
        epochs is null ? null : cell with { Epsilon = 1e-5, MaxEpochs = epochs.Value, ValidationMasks = 10, FinalMasks = 20 };

    private static Experiment<MadeRecipe> Made(string name, string title, string dataset, MadeRecipe paper, MadeRecipe? quick) => new()
    {
        Name = name,
        Title = title,
        Dataset = dataset,
        Paper = paper,
        Quick = quick,
        Tiny = recipe => recipe with
        {
            HiddenUnits = 12,
            Masks = Math.Min(recipe.Masks, 3),
            ValidationMasks = 2,
            FinalMasks = 4,
            BatchSize = 16,
            MaxEpochs = 2,
        },
        Subject = (recipe, context) => new MadeSubject(recipe, context),
    };
}
