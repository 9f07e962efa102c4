using Replications.Hosting.Experiments;

namespace Replications.PixelCnn;

/// <summary>Rows of Tables 4 (binarized MNIST) and 5 (CIFAR-10) of Pixel Recurrent Neural Networks; the Gated PixelCNN on the same data.</summary>
public static class PixelCnnPaper
{
    // Of the deep networks of convolutions on MNIST: half of the rate is left after 22 epochs.
    private const double Decay = 0.99999;

    // Depth and width on these data are not published. Depth, and on CIFAR-10 width, are those of the first paper's PixelCNN.
    private static readonly PixelRecipe s_gated = new() { Network = PixelNetworkKind.Gated, Layers = 15 };

    // Of the Gated PixelCNN, whose stacks are 2h wide, what its operator has kernels for.
    private static readonly LearningPoint<PixelRecipe> s_reference =
        new("2x8", 40, recipe => recipe with { Layers = 2, Hidden = 8, RateDecay = 1, BatchSize = 8 }, recipe => recipe with { Rate = recipe.Rate / 2 });

    // The same of the other networks.
    private static readonly LearningPoint<PixelRecipe> s_stack = s_reference with { Configuration = "2x16", Small = recipe => recipe with { Layers = 2, Hidden = 16, RateDecay = 1, BatchSize = 8 } };

    // A narrow head, since a thousand features cost more than the network.
    private static readonly LearningPoint<PixelRecipe> s_colours = s_stack with { Small = recipe => recipe with { Layers = 2, Hidden = 16, HeadWidth = 32, BatchSize = 8 } };

    // Half of the images: 768 logits for each pixel are most of the work.
    private static readonly LearningPoint<PixelRecipe> s_few = s_colours with { Small = recipe => s_colours.Small(recipe) with { BatchSize = 4 } };

    // The same of the Gated PixelCNN, at three times the paper profile's rate: with that it hardly learns in so few updates.
    private static readonly LearningPoint<PixelRecipe> s_gatedColours = s_few with { Configuration = "2x8", Small = recipe => s_few.Small(recipe) with { Hidden = 8, Rate = 1e-3 } };

    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "pixelcnn",
        "van den Oord, Kalchbrenner and Kavukcuoglu, Pixel Recurrent Neural Networks, ICML 2016; van den Oord et al., Conditional Image Generation with PixelCNN Decoders, NIPS 2016",
        [
            Mnist("mnist-pixelcnn", "PixelCNN", new PixelRecipe { Layers = 30, Hidden = 32, RateDecay = Decay }, quick: true) with { Reference = s_stack },
            Mnist("mnist-row-lstm", "Row LSTM", new PixelRecipe { Network = PixelNetworkKind.RowLstm, Layers = 7, Hidden = 16 }, quick: false) with { Reference = s_stack },
            Mnist("mnist-diagonal-1x32", "Diagonal BiLSTM, 1 layer, h = 32", new PixelRecipe { Network = PixelNetworkKind.DiagonalBiLstm, Layers = 1, Hidden = 32 }, quick: false),
            Mnist("mnist-diagonal-7x16", "Diagonal BiLSTM, 7 layers, h = 16", new PixelRecipe { Network = PixelNetworkKind.DiagonalBiLstm, Layers = 7, Hidden = 16 }, quick: false) with { Reference = s_stack },
            // A layer sees one row further up, the first one three: 24 more and the last row sees all of the others.
            Mnist("mnist-gated", "Gated PixelCNN", s_gated with { Layers = 24, Hidden = 16, RateDecay = Decay }, quick: false) with
            {
                Unpublished = "the paper reports ImageNet and CIFAR-10 alone",
                Reference = s_reference,
            },
            Cifar("cifar10-pixelcnn", "PixelCNN", new PixelRecipe { Network = PixelNetworkKind.PixelCnn, Layers = 15 }) with { Reference = s_colours },
            Cifar("cifar10-row-lstm", "Row LSTM", new PixelRecipe { Network = PixelNetworkKind.RowLstm, Layers = 12 }),
            Cifar("cifar10-diagonal", "Diagonal BiLSTM", new PixelRecipe { Network = PixelNetworkKind.DiagonalBiLstm, Layers = 12 }) with { Reference = s_few },
            Cifar("cifar10-gated", "Gated PixelCNN", s_gated) with { Reference = s_gatedColours },
            Cifar("cifar10-gated-classes", "Gated PixelCNN given the class", s_gated with { ClassConditional = true }) with
            {
                Unpublished = "no likelihood of the model given the class is published for CIFAR-10",
                Reference = s_gatedColours,
            },
        ]);

    private static Experiment<PixelRecipe> Mnist(string name, string model, PixelRecipe paper, bool quick) => new()
    {
        Name = name,
        Title = $"Binarized MNIST, {model}",
        Dataset = "mnist-binarized",
        Paper = paper,
        // Larger minibatches take less time. A shorter average: over so few updates that of the paper's recipe would still hold the initial weights.
        Quick = quick ? paper with { Layers = 4, Hidden = 16, BatchSize = 64, RateDecay = 1, MaxEpochs = 2, AverageDecay = 0.99 } : null,
        Tiny = Small,
        Subject = (recipe, context) => new PixelSubject(recipe, context),
    };

    /// <summary>Sections 4 and 5.2: h = 128, head 1024, RMSProp, batch 16. Rate, clipping and epochs are not published.</summary>
    private static Experiment<PixelRecipe> Cifar(string name, string model, PixelRecipe network) => new()
    {
        Name = name,
        Title = $"CIFAR-10, {model}",
        Dataset = "cifar10",
        Needs = "gpu",
        Paper = network with { Output = PixelOutput.Softmax256, Hidden = 128, HeadWidth = 1024, UpdateRule = UpdateRule.RmsProp, Rate = 3e-4, AverageDecay = 0.9995 },
        Tiny = Small,
        Subject = (recipe, context) => new PixelSubject(recipe, context),
    };

    private static PixelRecipe Small(PixelRecipe recipe) => recipe with
    {
        Layers = 2,
        Hidden = 4,
        HeadWidth = 6,
        BatchSize = 16,
        MaxEpochs = 2,
    };
}
