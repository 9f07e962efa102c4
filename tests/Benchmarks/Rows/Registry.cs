using Replications.Made;
using Replications.PixelCnn;
using Replications.PixelCnnPlusPlus;
using Replications.Rbm;
using Replications.Training.Subjects;

namespace Replications.Benchmarks.Rows;

/// <summary>One row: how our side is made.</summary>
/// <param name="Name">Name in the table and in <c>peer.py</c>.</param>
/// <param name="Examples">Examples, or chains, in a step.</param>
/// <param name="Wanted">The most that our time should be of the peer's.</param>
/// <param name="Make">Makes our side; the default generator is seeded before.</param>
internal sealed record Row(string Name, int Examples, double Wanted, Func<IRow> Make)
{
    /// <summary>Whether a step is the work of one thread; of others each side takes all processors.</summary>
    public bool OneThread { get; init; }
}

/// <summary>The rows there are. A paper adds one here, by a subject or with a small class beside this file, and one function in <c>peer.py</c>.</summary>
internal static class Registry
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("add", 1, 1, () => new AddRow()) { OneThread = true },
        new("mlp", 100, 1, () => new MlpRow()),
        new("made-500", 100, 1, () => Made(500, Precision.BFloat16)),
        new("made-8000", 100, 1, () => Made(8000, Precision.BFloat16)),
        new("made-500-fp32", 100, 1, () => Made(500, Precision.Float32)),
        new("made-8000-fp32", 100, 1, () => Made(8000, Precision.Float32)),
        new("rbm-cd1", 100, 1, () => Rbm(1)),
        new("rbm-cd25", 100, 1, () => Rbm(25)),
        new("ais", 100, 1, () => new AnnealingRow()),
        new("pixelcnn-mnist", 64, 0.5, () => PixelCnn(Precision.BFloat16)),
        new("pixelcnn-mnist-fp32", 64, 0.8, () => PixelCnn(Precision.Float32)),
        new("gated-mnist", 16, 0.5, () => Gated(Precision.BFloat16)),
        new("gated-mnist-fp32", 16, 0.8, () => Gated(Precision.Float32)),
        new("pixelcnnpp-40", 8, 0.5, () => PixelCnnPlusPlus(40, 8, Precision.BFloat16)),
        new("pixelcnnpp-160", 2, 0.5, () => PixelCnnPlusPlus(160, 2, Precision.BFloat16)),
        new("pixelcnnpp-40-fp32", 8, 0.8, () => PixelCnnPlusPlus(40, 8, Precision.Float32)),
        new("pixelcnnpp-160-fp32", 2, 0.8, () => PixelCnnPlusPlus(160, 2, Precision.Float32)),
    ];

    /// <summary>An RBM of 500 hidden units by contrastive divergence: batch 100, momentum, weight decay. It trains on the validation images too, of which there are none.</summary>
    private static SubjectRow Rbm(int gibbsSteps)
    {
        var recipe = new RbmRecipe { GibbsSteps = gibbsSteps, BiasesFromMeans = false, Epochs = 1_000_000, MomentumEpochs = 1_000_000, Cooling = 0, WeightDecay = 0.0002 };
        return new(context => new RbmSubject(recipe, context), SubjectRow.Bits(1000), Precision.Float32, mean: "difference");
    }

    /// <summary>A MADE with one hidden layer, one mask and the direct connection: Adagrad, batch 100.</summary>
    private static SubjectRow Made(int hidden, Precision precision) =>
        new(context => new MadeSubject(new MadeRecipe { HiddenUnits = hidden }, context), SubjectRow.Bits(1000), precision);

    /// <summary>A PixelCNN of 15 blocks on 28 x 28 images: Adam, batch 64.</summary>
    private static SubjectRow PixelCnn(Precision precision) =>
        new(context => new PixelSubject(new PixelRecipe { BatchSize = 64, Layers = 15, Hidden = 32, HeadWidth = 32 }, context), SubjectRow.Bits(640), precision);

    /// <summary>The Gated PixelCNN of the experiment on binarized MNIST: 24 layers of 32 features, Adam, batch 16.</summary>
    private static SubjectRow Gated(Precision precision) => new(
        context => new PixelSubject(new PixelRecipe { Network = PixelNetworkKind.Gated, BatchSize = 16, Layers = 24, Hidden = 16, HeadWidth = 32 }, context),
        SubjectRow.Bits(160), precision);

    /// <summary>PixelCNN++ as the paper has it but for its width, on 32 x 32 images.</summary>
    private static SubjectRow PixelCnnPlusPlus(int filters, int batch, Precision precision) => new(
        context => new PixelCnnPlusPlusSubject(new PixelCnnPlusPlusRecipe { Filters = filters, BatchSize = batch, InitialBatch = batch }, context),
        SubjectRow.Colours(10 * batch), precision);
}
