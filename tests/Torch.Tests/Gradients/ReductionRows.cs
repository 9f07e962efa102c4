using TorchSharp;
using static Replications.Torch.Tests.Gradients.Input;

namespace Replications.Torch.Tests.Gradients;

/// <summary>Sums, means, spreads, extremes and running totals.</summary>
internal static class ReductionRows
{
    internal static IEnumerable<GradientRow> All =>
    [
        new("sum", x => x[0].sum() + x[0].sum(1L) + x[0].sum(0, 1), Any(2, 2)),
        new("mean", x => x[0].mean() + x[0].mean([1L]), Any(2, 3)),
        new("nansum", x => x[0].nansum(), Any(2, 3)),
        new("nanmean", x => x[0].nanmean(1), Any(2, 3)),
        new("prod", x => x[0].prod() + x[0].prod(1L), Positive(2, 3)),
        new("logsumexp", x => x[0].logsumexp(1, true), Any(2, 3)),
        new("softmax", x => x[0].softmax(1), Any(2, 3)),
        new("log_softmax", x => x[0].log_softmax(1), Any(2, 3)),
        new("special.softmax", x => torch.special.softmax(x[0], 0), Any(2, 3)),
        new("special.log_softmax", x => torch.special.log_softmax(x[0], 0), Any(2, 3)),
        new("median", x => x[0].median(), Any(5)),
        new("norm", x => x[0].norm() + x[0].norm(1, true), Any(2, 3)),
        new("dist", x => x[0].dist(x[1]), Any(3), Any(3)),
        new("quantile", x => x[0].quantile(torch.tensor(0.3)), Any(7)),
        new("cumsum", x => x[0].cumsum(1), Any(2, 3)),
        new("cumprod", x => x[0].cumprod(1), Positive(2, 3)),
        new("cummax", x => x[0].cummax(0).values, Any(5)),
        new("cummin", x => x[0].cummin(0).values, Any(5)),
        new("logcumsumexp", x => x[0].logcumsumexp(1), Any(2, 3)),
        new("cov", x => x[0].cov(), Any(2, 4)),
        new("corrcoef", x => x[0].corrcoef(), Any(2, 4)),
        new("diff", x => x[0].diff(), Any(5)),
        new("renorm", x => x[0].renorm(2, 0, 1), new Input(2, 3, 2, 3)),
        new("std", x => x[0].std() + x[0].std(1L) + x[0].std((0, 1), false), Any(2, 3)),
        new("var", x => x[0].var() + x[0].var(1L) + x[0].var((0, 1), false), Any(2, 3)),
        new("std_mean", x => Both(x[0].std_mean(1L)), Any(2, 3)),
        new("var_mean", x => Both(x[0].var_mean(1L)), Any(2, 3)),
        new("max", x => x[0].max() + x[0].max(1).values, Any(2, 3)),
        new("min", x => x[0].min() + x[0].min(1).values, Any(2, 3)),
        new("amax", x => x[0].amax([1L], true), Any(2, 3)),
        new("amin", x => x[0].amin([1L], true), Any(2, 3)),
        new("sort", x => x[0].sort(1).Values, Any(2, 3)),
        new("msort", x => x[0].msort(), Any(5)),
        new("topk", x => x[0].topk(2).values, Any(5)),
        new("kthvalue", x => x[0].kthvalue(2, 0).values, Any(5)),
        new("mode", x => x[0].mode().values, Any(5)),
    ];

    private static torch.Tensor Both((torch.Tensor Spread, torch.Tensor Mean) pair) => pair.Spread + (2 * pair.Mean);
}
