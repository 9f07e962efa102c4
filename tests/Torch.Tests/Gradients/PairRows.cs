using TorchSharp;
using static Replications.Torch.Tests.Gradients.Input;

namespace Replications.Torch.Tests.Gradients;

/// <summary>Arithmetic of two or more tensors, with broadcasting.</summary>
internal static class PairRows
{
    internal static IEnumerable<GradientRow> All =>
    [
        .. Pair("add", (x, y) => x.add(y, 2), (x, y) => x.add_(y, 2), Any(2, 3), Any(3)),
        .. Pair("sub", (x, y) => x.sub(y), (x, y) => x.sub_(y), Any(2, 3), Any(2, 1)),
        .. Pair("subtract", (x, y) => x.subtract(y), (x, y) => x.subtract_(y), Any(3), Any(3)),
        .. Pair("mul", (x, y) => x.mul(y), (x, y) => x.mul_(y), Any(2, 3), Any(3)),
        .. Pair("div", (x, y) => x.div(y), (x, y) => x.div_(y), Any(2, 3), Positive(3)),
        .. Pair("pow", (x, y) => x.pow(y), (x, y) => x.pow_(y), Positive(3), Positive(3)),
        .. Pair("atan2", (x, y) => x.atan2(y), (x, y) => x.atan2_(y), Positive(3), Positive(3)),
        .. Pair("xlogy", (x, y) => x.xlogy(y), (x, y) => x.xlogy_(y), Positive(3), Positive(3)),
        .. Pair("addcmul", (x, y) => x.addcmul(y, y, 0.5), (x, y) => x.addcmul_(y, y, 0.5), Any(3), Any(3)),
        .. Pair("addcdiv", (x, y) => x.addcdiv(x, y, 0.5), (x, y) => x.addcdiv_(y, y * y, 0.5), Any(3), Positive(3)),
        .. Pair("lerp", (x, y) => x.lerp(y, y * y), (x, y) => x.lerp_(y, y * y), Any(3), Any(3)),
        .. Pair("index_add", (x, y) => x.index_add(0, At, y, 2), (x, y) => x.index_add_(0, At, y, 2), Any(4, 2), Any(2, 2)),
        .. Pair("index_copy", (x, y) => x.index_copy(0, At, y), (x, y) => x.index_copy_(0, At, y), Any(4, 2), Any(2, 2)),
        .. Pair("scatter", (x, y) => x.scatter(0, Where, y), (x, y) => x.scatter_(0, Where, y), Any(4, 2), Any(2, 2)),
        .. Pair("scatter_add", (x, y) => x.scatter_add(0, Where, y), (x, y) => x.scatter_add_(0, Where, y), Any(4, 2), Any(2, 2)),
        .. Pair("masked_scatter", (x, y) => x.masked_scatter(Mask, y), (x, y) => x.masked_scatter_(Mask, y), Any(3), Any(3)),
        .. Pair("addmm", (x, y) => x.addmm(y, y, 0.5f, 2), (x, y) => x.addmm_(y, y, 0.5f, 2), Any(2, 2), Any(2, 2)),
        .. Pair("addmv", (x, y) => x.addmv(y, y[0], 0.5f, 2), (x, y) => x.addmv_(y, y[0], 0.5f, 2), Any(2), Any(2, 2)),
        .. Pair("addr", (x, y) => x.addr(y, y, 0.5f, 2), (x, y) => x.addr_(y, y, 0.5f, 2), Any(2, 2), Any(2)),
        .. Pair("addbmm", (x, y) => x.addbmm(y, y, 0.5f, 2), (x, y) => x.addbmm_(y, y, 0.5f, 2), Any(2, 2), Any(3, 2, 2)),
        .. Pair("copy", (x, y) => x.clone() + y, (x, y) => x.copy_(y) + y, Any(3), Any(3)),
        .. Pair("index_put", (x, y) => x + y.sum(), (x, y) => x.index_put_(y, [torch.tensor([2L, 0L])], true), Any(4), Any(2)),
        new("multiply", x => x[0].multiply(x[1]), Any(3), Any(3)),
        new("divide", x => x[0].divide(x[1]), Any(3), Positive(3)),
        new("true_divide", x => x[0].true_divide(x[1]), Any(3), Positive(3)),
        new("operator +", x => (2 + x[0] + 1.5f) + (x[1] + 1L), Any(3), Any(3)),
        new("operator -", x => 2 - (x[0] - x[1]) - 0.5, Any(3), Any(3)),
        new("operator *", x => 3.0 * x[0] * x[1] * 2, Any(3), Any(3)),
        new("operator /", x => (2.0 / x[0]) + (x[1] / 3), Positive(3), Any(3)),
        new("operator %", x => x[0] % 5.0, Positive(3)),
        new("fmod", x => x[0].fmod(5), Positive(3)),
        new("remainder", x => x[0].remainder(5), Positive(3)),
        new("float_power", x => x[0].float_power(x[1]), Positive(3), Positive(3)),
        new("logaddexp", x => x[0].logaddexp(x[1]), Any(3), Any(3)),
        new("logaddexp2", x => x[0].logaddexp2(x[1]), Any(3), Any(3)),
        new("ldexp", x => x[0].ldexp(x[1]), Any(3), Any(3)),
        new("hypot", x => x[0].hypot(x[1]), Positive(3), Positive(3)),
        new("arctan2", x => x[0].arctan2(x[1]), Positive(3), Positive(3)),
        new("copysign", x => x[0].copysign(Shape - 1), Positive(3)),
        new("maximum", x => x[0].maximum(x[1]), Unit(3), new Input(1, 2, 3)),
        new("minimum", x => x[0].minimum(x[1]), Unit(3), new Input(1, 2, 3)),
        new("fmax", x => x[0].fmax(x[1]), Unit(3), new Input(1, 2, 3)),
        new("fmin", x => x[0].fmin(x[1]), Unit(3), new Input(1, 2, 3)),
        new("prelu", x => x[0].prelu(x[1]), new Input(-2, -0.2, 3), Any(1)),
        new("where", x => torch.where(Mask, x[0], x[1]) + x[0].where(Mask, x[1]), Any(3), Any(3)),
        new("special.xlog1py", x => torch.special.xlog1py(x[0], x[1]), Positive(3), Positive(3)),
        new("special.gammainc", x => torch.special.gammainc(Shape, x[0]), Positive(3)),
        new("special.gammaincc", x => torch.special.gammaincc(Shape, x[0]), Positive(3)),
        new("igamma", x => Shape.igamma(x[0]), Positive(3)),
        new("igammac", x => Shape.igammac(x[0]), Positive(3)),
        new("special.zeta", x => torch.special.zeta(Shape + 1, x[0]), Positive(3)),
    ];

    private static torch.Tensor At => torch.tensor([2L, 0L]);

    private static torch.Tensor Where => torch.tensor(new long[,] { { 0, 1 }, { 2, 3 } });

    private static torch.Tensor Mask => torch.tensor([true, false, true]);

    private static torch.Tensor Shape => torch.tensor([0.7, 1.3, 2.1]);

    private static GradientRow[] Pair(
        string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> plain, Func<torch.Tensor, torch.Tensor, torch.Tensor> inPlace, Input left, Input right) =>
    [
        new(name, x => plain(x[0], x[1]), left, right),
        new(name + "_", x => inPlace(x[0].clone(), x[1]), left, right),
    ];
}
