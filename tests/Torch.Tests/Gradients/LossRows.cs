using TorchSharp;
using static Replications.Torch.Tests.Gradients.Input;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace Replications.Torch.Tests.Gradients;

/// <summary>Losses, with respect to predictions and, where they are differentiable in them, targets.</summary>
internal static class LossRows
{
    internal static IEnumerable<GradientRow> All =>
    [
        Row("binary_cross_entropy_with_logits", x => F.binary_cross_entropy_with_logits(x[0], x[1]), Any(2, 3), Unit(2, 3)),
        Row("binary_cross_entropy", x => F.binary_cross_entropy(x[0], x[1], reduction: Reduction.None), Unit(2, 3), Unit(2, 3)),
        Row("cross_entropy", x => F.cross_entropy(x[0], torch.tensor([2L, 0L]), label_smoothing: 0.1), Any(2, 3)),
        Row("nll_loss", x => F.nll_loss(x[0].log_softmax(1), torch.tensor([2L, 0L]), reduction: Reduction.Sum), Any(2, 3)),
        Row("mse_loss", x => F.mse_loss(x[0], x[1]), Any(3), Any(3)),
        Row("l1_loss", x => F.l1_loss(x[0], x[1]), Positive(3), new Input(-2, -1, 3)),
        Row("smooth_l1_loss", x => F.smooth_l1_loss(x[0], x[1]), Unit(3), new Input(-3, -2, 3)),
        Row("huber_loss", x => F.huber_loss(x[0], x[1], 0.5), Unit(3), new Input(-3, -2, 3)),
        Row("kl_div", x => F.kl_div(x[0], x[1]), Any(3), Any(3)),
        Row("poisson_nll_loss", x => F.poisson_nll_loss(x[0], x[1]), Any(3), Positive(3)),
        Row("soft_margin_loss", x => F.soft_margin_loss(x[0], torch.tensor([1.0, -1, 1])), Any(3)),
        Row("hinge_embedding_loss", x => F.hinge_embedding_loss(x[0], torch.tensor([1.0, -1, 1]), 3), Positive(3)),
        Row("gaussian_nll_loss", x => F.gaussian_nll_loss(x[0], x[1], x[2]), Any(3), Any(3), Positive(3)),
    ];

    private static GradientRow Row(string name, Func<torch.Tensor[], torch.Tensor> compute, params Input[] inputs) =>
        new("functional." + name, compute, inputs);
}
