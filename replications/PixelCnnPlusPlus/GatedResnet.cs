using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>Weights of a block as they are applied, after weight normalisation.</summary>
/// <param name="First"><c>[F, 2F, h, w]</c>, on concat-ELU of the input.</param>
/// <param name="FirstBias"><c>[F]</c>.</param>
/// <param name="Auxiliary"><c>[F, 2A, 1, 1]</c>, on concat-ELU of the auxiliary inputs put together; null without.</param>
/// <param name="AuxiliaryBias"><c>[F]</c>; null without.</param>
/// <param name="Second"><c>[2F, 2F, h, w]</c>.</param>
/// <param name="SecondBias"><c>[2F]</c>.</param>
/// <param name="Classes"><c>[classes, 2F]</c>, a row of which is added to the second output; null without.</param>
public sealed record GatedResnetWeights(
    Tensor First, Tensor FirstBias, Tensor? Auxiliary, Tensor? AuxiliaryBias, Tensor Second, Tensor SecondBias, Tensor? Classes);

/// <summary>
/// The block of both streams (section 2.3; pixel_cnn_pp/nn.py, gated_resnet): <c>c = W1 * e(x) + Wa e(a)</c>, <c>(p, q) = W2 * drop(e(c)) + V h</c>,
/// <c>x + p s(q)</c>, where e is concat-ELU, a the auxiliary inputs (the other kind, short-cuts) and h the class. The second convolution starts with
/// outputs of standard deviation 0.1, so that a block starts close to doing nothing.
/// </summary>
public sealed class GatedResnet : Module<Tensor, IReadOnlyList<Tensor>, Tensor?, Tensor>
{
    private readonly ShiftedConv2d first;
    private readonly Nin? nin;
    private readonly ShiftedConv2d second;
    private readonly Parameter? hw;
    private readonly double _dropout;

    /// <summary>Makes a block.</summary>
    /// <param name="kind">Whose convolutions.</param>
    /// <param name="filters">F: features in and out.</param>
    /// <param name="auxiliary">A: features of all auxiliary inputs together; 0 without.</param>
    /// <param name="classes">Classes; 0 where the model is not conditional.</param>
    /// <param name="dropout">Share of the first convolution's outputs, after concat-ELU, that is dropped in training.</param>
    public GatedResnet(ShiftKind kind, int filters, int auxiliary, int classes, double dropout)
        : base(nameof(GatedResnet))
    {
        _dropout = dropout;
        first = new ShiftedConv2d(kind, 2 * filters, filters);
        nin = auxiliary > 0 ? new Nin(2 * auxiliary, filters) : null;
        second = new ShiftedConv2d(kind, 2 * filters, 2 * filters, initialScale: 0.1);
        hw = classes > 0 ? Parameter(init.normal_(empty(classes, 2 * filters), 0, 0.05)) : null;
        RegisterComponents();
    }

    /// <summary>Its weights as they are applied.</summary>
    public GatedResnetWeights Weights => new(first.Weight, first.Bias, nin?.Weight, nin?.Bias, second.Weight, second.Bias, hw);

    /// <summary>Features of the next block.</summary>
    /// <param name="input1">x, <c>[N, F, H, W]</c>.</param>
    /// <param name="input2">a: auxiliary inputs <c>[N, ., H, W]</c> in the order of the official code, u before a short-cut; may be empty.</param>
    /// <param name="input3">Classes <c>[N]</c> int64, or null.</param>
    public override Tensor forward(Tensor input1, IReadOnlyList<Tensor> input2, Tensor? input3)
    {
        Tensor bias = nin is null ? first.Bias : first.Bias + nin.Bias;
        return FusedLayers.GatedResnet(
            input1, input2, first.DirectionsAndLengths, bias, nin?.DirectionsAndLengths, second.DirectionsAndLengths, second.Bias, hw?.index_select(0, input3!),
            training ? _dropout : 0);
    }

    /// <summary>The same layer by layer, as the paper has it.</summary>
    /// <param name="x">As in <see cref="forward"/>.</param>
    /// <param name="auxiliary">As in <see cref="forward"/>.</param>
    /// <param name="classes">As in <see cref="forward"/>.</param>
    public Tensor LayerByLayer(Tensor x, IReadOnlyList<Tensor> auxiliary, Tensor? classes) => Run(x, auxiliary, classes, (layer, input) => layer.call(input));

    /// <summary>Chooses lengths and biases from a first batch and passes it on.</summary>
    /// <param name="x">As in <see cref="forward"/>.</param>
    /// <param name="auxiliary">As in <see cref="forward"/>.</param>
    /// <param name="classes">As in <see cref="forward"/>.</param>
    public Tensor Initialise(Tensor x, IReadOnlyList<Tensor> auxiliary, Tensor? classes) =>
        Run(x, auxiliary, classes, (layer, input) => layer.Initialise(input));

    /// <summary><c>elu([x, -x])</c>: twice the features (pixel_cnn_pp/nn.py).</summary>
    /// <param name="x"><c>[N, F, ...]</c>.</param>
    public static Tensor ConcatElu(Tensor x) => functional.elu(cat([x, -x], 1), 1);

    private Tensor Run(Tensor x, IReadOnlyList<Tensor> auxiliary, Tensor? classes, Func<WeightNormLayer, Tensor, Tensor> apply)
    {
        Tensor c = apply(first, ConcatElu(x));
        if (nin is not null)
            c += apply(nin, ConcatElu(cat([.. auxiliary], 1)));
        c = apply(second, functional.dropout(ConcatElu(c), _dropout, training));
        if (hw is not null)
            c += hw.index_select(0, classes!).unsqueeze(2).unsqueeze(3);
        long filters = x.shape[1];
        return x + (c.narrow(1, 0, filters) * c.narrow(1, filters, filters).sigmoid());
    }
}
