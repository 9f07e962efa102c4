using TorchSharp;
using static Replications.Torch.Tests.Gradients.Input;
using F = TorchSharp.torch.nn.functional;

namespace Replications.Torch.Tests.Gradients;

/// <summary>Layers as functions: activations, convolutions, pooling, normalisations.</summary>
internal static class FunctionalRows
{
    internal static IEnumerable<GradientRow> All =>
    [
        .. Both("relu", F.relu, Positive(4)),
        .. Both("relu6", F.relu6, Positive(4)),
        .. Both("selu", F.selu, new Input(-2, -0.2, 4)),
        .. Both("silu", F.silu, Any(4)),
        .. Both("mish", F.mish, Any(4)),
        .. Both("tanh", F.tanh, Any(4)),
        .. Both("sigmoid", F.sigmoid, Any(4)),
        .. Both("gelu", F.gelu, Any(4)),
        .. Both("leaky_relu", (x, inplace) => F.leaky_relu(x, 0.2, inplace), new Input(-2, -0.2, 4)),
        .. Both("elu", (x, inplace) => F.elu(x, 0.7, inplace), new Input(-2, -0.2, 4)),
        .. Both("hardtanh", (x, inplace) => F.hardtanh(x, -2, 2, inplace), Any(4)),
        .. Both("dropout", (x, inplace) => Seeded(() => F.dropout(x, 0.4, true, inplace)), Any(12)),
        .. Both("dropout2d", (x, inplace) => Seeded(() => F.dropout2d(x, 0.4, true, inplace)), Any(1, 6, 1, 2)),
        Row("softplus", x => F.softplus(x[0], 2), Any(4)),
        Row("logsigmoid", x => F.logsigmoid(x[0]), Any(4)),
        Row("glu", x => F.glu(x[0]), Any(2, 4)),
        Row("prelu", x => F.prelu(x[0], x[1]), new Input(-2, -0.2, 3), Any(1)),
        Row("softmax", x => F.softmax(x[0], 1), Any(2, 3)),
        Row("log_softmax", x => F.log_softmax(x[0], 1), Any(2, 3)),
        Row("scaled_dot_product_attention", x => F.scaled_dot_product_attention(x[0], x[1], x[2]), Any(1, 3, 2), Any(1, 4, 2), Any(1, 4, 2)),
        Row("linear", x => F.linear(x[0], x[1], x[2]), Any(2, 3), Any(4, 3), Any(4)),
        Row("conv1d", x => F.conv1d(x[0], x[1], x[2], 2, 1, 2), Any(2, 2, 7), Any(3, 2, 3), Any(3)),
        Row("conv1d_padding", x => F.conv1d_padding(x[0], x[1], x[2], padding: Padding.Same), Any(2, 2, 5), Any(3, 2, 3), Any(3)),
        Row("conv2d", x => F.conv2d(x[0], x[1], x[2], [2, 1], [1, 0], [1, 2], 2), Any(2, 2, 4, 5), Any(4, 1, 2, 2), Any(4)),
        Row("conv2d_padding", x => F.conv2d_padding(x[0], x[1], x[2], padding: Padding.Same), Any(1, 2, 3, 3), Any(2, 2, 3, 3), Any(2)),
        Row("conv3d", x => F.conv3d(x[0], x[1], x[2], [1, 1, 1], [0, 0, 0], [1, 1, 1]), Any(1, 1, 3, 3, 2), Any(2, 1, 2, 2, 2), Any(2)),
        Row("conv_transpose1d", x => F.conv_transpose1d(x[0], x[1], x[2], 2, 1, 1), Any(2, 2, 4), Any(2, 3, 3), Any(3)),
        Row("conv_transpose2d", x => F.conv_transpose2d(x[0], x[1], x[2], [2, 2], [1, 1], [1, 1]), Any(1, 2, 3, 3), Any(2, 2, 3, 3), Any(2)),
        Row("batch_norm", x => F.batch_norm(x[0], null, null, x[1], x[2], true), Any(4, 2, 2), Any(2), Any(2)),
        Row("layer_norm", x => F.layer_norm(x[0], [3], x[1], x[2]), Any(2, 3), Any(3), Any(3)),
        Row("group_norm", x => F.group_norm(x[0], 2, x[1], x[2]), Any(2, 4, 3), Any(4), Any(4)),
        Row("instance_norm", x => F.instance_norm(x[0], weight: x[1], bias: x[2]), Any(2, 2, 4), Any(2), Any(2)),
        Row("normalize", x => F.normalize(x[0]), Any(2, 3)),
        Row("avg_pool1d", x => F.avg_pool1d(x[0], 2), Any(1, 2, 6)),
        Row("avg_pool2d", x => F.avg_pool2d(x[0], 2, 1, 1), Any(1, 2, 3, 4)),
        Row("max_pool1d", x => F.max_pool1d(x[0], 2), Any(1, 2, 6)),
        Row("max_pool2d", x => F.max_pool2d(x[0], 2, 1), Any(1, 2, 3, 4)),
        Row("max_pool2d_with_indices", x => F.max_pool2d_with_indices(x[0], [2, 2]).output, Any(1, 2, 4, 4)),
        Row("adaptive_avg_pool1d", x => F.adaptive_avg_pool1d(x[0], 2), Any(1, 2, 5)),
        Row("adaptive_avg_pool2d", x => F.adaptive_avg_pool2d(x[0], 2), Any(1, 2, 5, 4)),
        Row("adaptive_max_pool2d", x => F.adaptive_max_pool2d(x[0], [2, 2]).output, Any(1, 1, 5, 4)),
        Row("pad", x => F.pad(x[0], (1, 2), PaddingModes.Reflect) + F.pad(x[0], (1, 2), PaddingModes.Replicate) + F.pad(x[0], (1, 2)), Any(2, 2, 4)),
        Row("pixel_shuffle", x => F.pixel_shuffle(x[0], 2), Any(1, 4, 2, 2)),
        Row("pixel_unshuffle", x => F.pixel_unshuffle(x[0], 2), Any(1, 1, 4, 2)),
        Row("unfold", x => F.unfold(x[0], 2), Any(1, 2, 3, 3)),
        Row("interpolate", x => F.interpolate(x[0], scale_factor: [2, 2], mode: torch.InterpolationMode.Bilinear), Any(1, 1, 3, 2)),
        Row("upsample", x => F.upsample(x[0], scale_factor: [2, 2]), Any(1, 1, 3, 2)),
        Row("upsample_nearest", x => F.upsample_nearest(x[0], [5, 4]), Any(1, 1, 3, 2)),
        Row("upsample_bilinear", x => F.upsample_bilinear(x[0], [5, 4]), Any(1, 1, 3, 2)),
        new("embedding", x => new Operator("embedding").Call(x[0], torch.tensor([2L, 0L, 2L])), Any(3, 2)),
        new("lstm", Lstm, Any(3, 2, 2), Any(8, 2), Any(8, 2), Any(8), Any(8)),
        new("fused Bernoulli", x => FusedOperators.BernoulliNll(x[0], torch.tensor(new[,] { { 0.0, 1, 0.3 }, { 1, 0, 1 } })), Any(2, 3)),
    ];

    private static GradientRow Row(string name, Func<torch.Tensor[], torch.Tensor> compute, params Input[] inputs) =>
        new("functional." + name, compute, inputs);

    private static GradientRow[] Both(string name, Func<torch.Tensor, bool, torch.Tensor> compute, Input input) =>
    [
        Row(name, x => compute(x[0], false), input),
        new($"functional.{name} in place", x => compute(x[0].clone(), true), input),
    ];

    // Noise must be the same at each evaluation.
    private static torch.Tensor Seeded(Func<torch.Tensor> compute)
    {
        torch.manual_seed(3);
        return compute();
    }

    private static torch.Tensor Lstm(torch.Tensor[] x)
    {
        torch.Tensor zero = torch.zeros(1, 2, 2, torch.float64);
        torch.Tensor[] results = new Operator("lstm", "input").CallMany(
            x[0], (torch.Tensor[])[zero, zero], (torch.Tensor[])[x[1], x[2], x[3], x[4]], true, 1, 0.0, true, false, false);
        return results[0].sum(2L) + results[2].sum();
    }
}
