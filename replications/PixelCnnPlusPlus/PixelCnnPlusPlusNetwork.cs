using Replications.Training.Engine;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// The network (sections 2.3 to 2.5, figure 2; pixel_cnn_pp/model.py): two streams that go up through three stages at full, half and quarter
/// resolution and down again with short-cuts from the layers on the way up. Its outputs at a pixel depend on the pixels before it in the order of rows
/// and columns; colours of a pixel are left to the likelihood.
/// </summary>
public sealed class PixelCnnPlusPlusNetwork : Module<Tensor, Tensor?, Tensor>
{
    /// <summary>Resolutions: full, half, quarter.</summary>
    public const int Stages = 3;

    private readonly ShiftedConv2d above;
    private readonly ShiftedConv2d aboveHere;
    private readonly ShiftedConv2d left;
    private readonly ModuleList<GatedResnet> upU;
    private readonly ModuleList<GatedResnet> upUl;
    private readonly ModuleList<ShiftedConv2d> halveU;
    private readonly ModuleList<ShiftedConv2d> halveUl;
    private readonly ModuleList<GatedResnet> downU;
    private readonly ModuleList<GatedResnet> downUl;
    private readonly ModuleList<ShiftedConvTranspose2d> doubleU;
    private readonly ModuleList<ShiftedConvTranspose2d> doubleUl;
    private readonly Nin output;
    private readonly int _resnets;

    /// <summary>Makes the network; <see cref="Initialise"/> then chooses what depends on data.</summary>
    /// <param name="recipe">Sizes.</param>
    /// <param name="colours">Colours of an image.</param>
    public PixelCnnPlusPlusNetwork(PixelCnnPlusPlusRecipe recipe, int colours)
        : base(nameof(PixelCnnPlusPlusNetwork))
    {
        int f = recipe.Filters;
        _resnets = recipe.Resnets;
        Filters = f;
        above = new ShiftedConv2d(ShiftKind.Down, colours + 1, f);
        aboveHere = new ShiftedConv2d(ShiftKind.Down, colours + 1, f, (1, 3));
        left = new ShiftedConv2d(ShiftKind.DownRight, colours + 1, f, (2, 1));
        upU = Blocks(recipe, ShiftKind.Down, Stages * _resnets, 0);
        upUl = Blocks(recipe, ShiftKind.DownRight, Stages * _resnets, 1);
        halveU = ModuleList(Between(() => new ShiftedConv2d(ShiftKind.Down, f, f, stride: 2)));
        halveUl = ModuleList(Between(() => new ShiftedConv2d(ShiftKind.DownRight, f, f, stride: 2)));
        downU = Blocks(recipe, ShiftKind.Down, (Stages * _resnets) + Stages - 1, 1);
        downUl = Blocks(recipe, ShiftKind.DownRight, (Stages * _resnets) + Stages - 1, 2);
        doubleU = ModuleList(Between(() => new ShiftedConvTranspose2d(ShiftKind.Down, f)));
        doubleUl = ModuleList(Between(() => new ShiftedConvTranspose2d(ShiftKind.DownRight, f)));
        output = new Nin(f, LogisticMixture.ParametersOf(recipe.Mixtures, colours));
        RegisterComponents();
    }

    /// <summary>Features of every layer.</summary>
    internal int Filters { get; }

    /// <summary>u's first layer, before its shift down.</summary>
    internal ShiftedConv2d Above => above;

    /// <summary>One half of ul's first layer, before its shift down.</summary>
    internal ShiftedConv2d AboveHere => aboveHere;

    /// <summary>The other half, before its shift right.</summary>
    internal ShiftedConv2d Left => left;

    /// <summary>The last layer.</summary>
    internal Nin Output => output;

    /// <summary>Parameters of the mixtures.</summary>
    /// <param name="input">Values scaled to [-1, 1], <c>[N, C, H, W]</c>.</param>
    /// <param name="input2">Classes <c>[N]</c> int64, or null.</param>
    /// <returns><c>[N, P, H, W]</c>, for <see cref="LogisticMixture"/>.</returns>
    public override Tensor forward(Tensor input, Tensor? input2) =>
        Run(input, (layer, x) => layer.call(x), (block, x, auxiliary) => block.call(x, auxiliary, input2));

    /// <summary>Chooses the length and the bias of each layer from a first batch, in the order of the network.</summary>
    /// <param name="input">As in <see cref="forward"/>.</param>
    /// <param name="input2">As in <see cref="forward"/>.</param>
    public void Initialise(Tensor input, Tensor? input2)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable still = no_grad();
        Run(input, (layer, x) => Alone(() => layer.Initialise(x)), (block, x, auxiliary) => Alone(() => block.Initialise(x, auxiliary, input2)));
    }

    /// <summary>Blocks of u on the way up at a resolution, 0 for full.</summary>
    internal IEnumerable<GatedResnet> UpU(int stage) => upU.Skip(stage * _resnets).Take(_resnets);

    /// <summary>Blocks of ul on the way up at a resolution.</summary>
    internal IEnumerable<GatedResnet> UpUl(int stage) => upUl.Skip(stage * _resnets).Take(_resnets);

    /// <summary>Blocks of u on the way down at a resolution.</summary>
    internal IEnumerable<GatedResnet> DownU(int stage) => OnTheWayDown(downU, stage);

    /// <summary>Blocks of ul on the way down at a resolution.</summary>
    internal IEnumerable<GatedResnet> DownUl(int stage) => OnTheWayDown(downUl, stage);

    /// <summary>From a resolution to half of it, in u.</summary>
    internal ShiftedConv2d HalveU(int stage) => halveU[stage];

    /// <summary>From a resolution to half of it, in ul.</summary>
    internal ShiftedConv2d HalveUl(int stage) => halveUl[stage];

    /// <summary>Back to a resolution from half of it, in u.</summary>
    internal ShiftedConvTranspose2d DoubleU(int stage) => doubleU[Stages - 2 - stage];

    /// <summary>Back to a resolution from half of it, in ul.</summary>
    internal ShiftedConvTranspose2d DoubleUl(int stage) => doubleUl[Stages - 2 - stage];

    private IEnumerable<GatedResnet> OnTheWayDown(ModuleList<GatedResnet> blocks, int stage)
    {
        // The lowest resolution comes first, with one block less.
        int order = Stages - 1 - stage;
        return order == 0 ? blocks.Take(_resnets) : blocks.Skip((order * (_resnets + 1)) - 1).Take(_resnets + 1);
    }

    private Tensor Run(Tensor x, Func<WeightNormLayer, Tensor, Tensor> layer, Func<GatedResnet, Tensor, IReadOnlyList<Tensor>, Tensor> block)
    {
        // A channel of ones tells the image from the zeros around it.
        Tensor image = cat([x, ones_like(x.narrow(1, 0, 1))], 1);
        Stack<Tensor> us = new(), uls = new();
        us.Push(Shifted.Down(layer(above, image)));
        uls.Push(Shifted.Down(layer(aboveHere, image)) + Shifted.Right(layer(left, image)));
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int i = stage * _resnets; i < (stage + 1) * _resnets; i++)
            {
                us.Push(block(upU[i], us.Peek(), []));
                uls.Push(block(upUl[i], uls.Peek(), [us.Peek()]));
            }

            if (stage == Stages - 1)
                break;
            us.Push(layer(halveU[stage], us.Peek()));
            uls.Push(layer(halveUl[stage], uls.Peek()));
        }

        Tensor u = us.Pop(), ul = uls.Pop();
        for (int i = 0, stage = 0; us.Count > 0; i++)
        {
            u = block(downU[i], u, [us.Pop()]);
            ul = block(downUl[i], ul, [u, uls.Pop()]);
            // One block for each layer on the way up, the one that halves included; after those of a resolution it is doubled.
            if (i + 1 != ((stage + 1) * _resnets) + stage || us.Count == 0)
                continue;
            u = Like(us.Peek(), layer(doubleU[stage], u));
            ul = Like(uls.Peek(), layer(doubleUl[stage], ul));
            stage++;
        }

        // Rounded to bfloat16, a mean would be off by up to a quarter of a bin.
        return ComputeEngine.Unrounded(functional.elu(ul, 1), x => layer(output, x));
    }

    /// <summary>A result without what was made on the way to it, which of a first batch of 100 images is too much to keep until the last layer.</summary>
    private static Tensor Alone(Func<Tensor> make)
    {
        using IDisposable scope = NewDisposeScope();
        return make().MoveToOuterDisposeScope();
    }

    /// <summary>Drops the last row or column where the resolution that was halved had an odd number of them.</summary>
    private static Tensor Like(Tensor size, Tensor x) => x.narrow(2, 0, size.shape[2]).narrow(3, 0, size.shape[3]);

    private static T[] Between<T>(Func<T> make) => [.. Enumerable.Range(0, Stages - 1).Select(_ => make())];

    private static ModuleList<GatedResnet> Blocks(PixelCnnPlusPlusRecipe recipe, ShiftKind kind, int count, int auxiliaries) => ModuleList(
        [.. Enumerable.Range(0, count).Select(_ => new GatedResnet(
            kind, recipe.Filters, auxiliaries * recipe.Filters, recipe.ClassConditional ? recipe.Classes : 0, recipe.Dropout))]);
}
