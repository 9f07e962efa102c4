using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Tensors;

/// <summary>Operators without a derivative, by values worked out by hand.</summary>
public class ExactValueTests
{
    [Fact]
    public void Comparisons()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new float[] { 1, 2, 3 });
        Tensor b = tensor(new float[] { 3, 2, 1 });
        Is([false, true, false], a == b, a.eq(b), eq(a, b), a.clone().eq_(b).@bool(), a.equal(b));
        Is([true, false, true], a != b, a.ne(b), a.not_equal(b), a.clone().ne_(b).@bool());
        Is([true, false, false], a < b, a.lt(b), a < 2, 2 > a, a.clone().lt_(b).@bool(), a.less(b));
        Is([true, true, false], a <= b, a.le(b), a <= 2, 2 >= a, a.clone().le_(2).@bool(), a.less_equal(b));
        Is([false, false, true], a > b, a.gt(b), a > 2, 2 < a, a.clone().gt_(b).@bool(), a.greater(b));
        Is([false, true, true], a >= b, a.ge(b), a >= 2, 2 <= a, a.clone().ge_(2).@bool(), a.greater_equal(b));
        Is([true, false, false], a.isclose(tensor(new[] { 1.000001f, 2.1f, 4f })));
        Is([true, false, true], a.isin(tensor(new float[] { 1, 3, 9 })));
        Assert.True(a.allclose(a + 1e-7));
        Assert.False(a.allclose(b));
        Assert.True(a.Equals(a.clone()));
    }

    [Fact]
    public void KindsOfNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new[] { 1, float.NaN, float.PositiveInfinity, float.NegativeInfinity });
        Is([true, false, false, false], a.isfinite());
        Is([false, true, false, false], a.isnan());
        Is([false, false, true, true], a.isinf());
        Is([false, false, true, false], a.isposinf());
        Is([false, false, false, true], a.isneginf());
        Is([false, true, true], tensor(new[] { 1, -0f, -2 }).signbit());
        Is([true, true, true, true], a.isreal());
        Assert.Equal([1f, 9, 7, -7], a.nan_to_num(9, 7, -7).data<float>().ToArray());
    }

    [Fact]
    public void LogicAndBits()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor p = tensor(new[] { true, true, false, false });
        Tensor q = tensor(new[] { true, false, true, false });
        Is([true, false, false, false], p & q, p.logical_and(q), p.bitwise_and(q), p.clone().logical_and_(q), p.clone().bitwise_and_(q));
        Is([true, true, true, false], p | q, p.logical_or(q), p.bitwise_or(q), p.clone().logical_or_(q), p.clone().bitwise_or_(q));
        Is([false, true, true, false], p ^ q, p.logical_xor(q), p.bitwise_xor(q), p.clone().logical_xor_(q), p.clone().bitwise_xor_(q));
        Is([false, false, true, true], ~p, p.logical_not(), p.bitwise_not(), p.clone().logical_not_(), p.clone().bitwise_not_());
        Tensor n = tensor(new long[] { 5, 6 });
        Is([20L, 24], n.bitwise_left_shift(tensor(2L)), n.clone().bitwise_left_shift_(tensor(2L)));
        Is([2L, 3], n.bitwise_right_shift(tensor(1L)), n.clone().bitwise_right_shift_(tensor(1L)));
        Is([1L, 2], n.gcd(tensor(4L)));
        Is([20L, 12], n.lcm(tensor(4L)));
        Assert.False(p.all().ToBoolean());
        Assert.True(p.any().ToBoolean());
    }

    [Fact]
    public void Rounding()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new[] { -1.5, -0.2, 0.5, 2.7 });
        Is([-1.0, 0, 1, 3], a.ceil(), a.clone().ceil_());
        Is([-2.0, -1, 0, 2], a.floor(), a.clone().floor_());
        Is([-2.0, 0, 0, 3], a.round(), a.clone().round_());
        Is([-1.0, 0, 0, 2], a.trunc(), a.fix(), a.clone().trunc_(), a.clone().fix_());
        Is([-1.0, -1, 1, 1], a.sign(), a.sgn(), a.clone().sign_(), a.clone().sgn_());
        Is([-1.0, -1, 0, 1], a.floor_divide(tensor(2.0)), a.div(2, RoundingMode.floor));
        Is([0.0, 0, 0, 1], a.div(tensor(2.0), RoundingMode.trunc), a.clone().div_(2, RoundingMode.trunc));
        Is([0.0, 0, 1, 1], a.heaviside(tensor(9.0)));
        Is([2.72], tensor(new[] { 2.7182 }).round(2));
    }

    [Fact]
    public void PositionsAndCounts()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new float[,] { { 3, 1, 2 }, { 0, 5, 4 } });
        Is([4L], a.argmax().reshape(1));
        Is([3L], a.argmin().reshape(1));
        Is([0L, 1], a.argmax(1));
        Is([1L, 0], a.argmin(1));
        Is([1L, 2, 0, 0, 2, 1], a.argsort(1));
        Is([1L, 2, 0, 0, 2, 1], a.sort(1).Indices);
        Is([0L, 2, 1, 2], a.topk(2).indexes);
        Is([0L, 1, 1, 2, 0, 0], bincount(tensor(new long[] { 1, 3, 3, 2 }), null, 6));
        Is([5L], a.count_nonzero().reshape(1));
        Is([0L, 0, 0, 1, 0, 2, 1, 1, 1, 2], a.nonzero(), a.argwhere());
        Is([2.0f, 2, 2], a.histc(3, 0, 6));
        Is([1L, 3], searchsorted(tensor(new float[] { 1, 2, 3 }), tensor(new[] { 1.5f, 9f })));
        Is([1L, 3], tensor(new[] { 1.5f, 9f }).bucketize(tensor(new float[] { 1, 2, 3 })));
        (Tensor output, Tensor? inverse, Tensor? counts) = tensor(new long[] { 4, 2, 4 }).unique(true, true, true);
        Is([2L, 4], output);
        Is([1L, 0, 1], inverse!);
        Is([1L, 2], counts!);
        Is([0L, 0, 1, 1, 0, 0], nn.functional.one_hot(tensor(new long[] { 2, 0 }), 3));
        Is([0L, 1, 1, 0, 0, 1], tril_indices(2, 2));
    }

    private static void Is<T>(T[] expected, params Tensor[] found)
        where T : unmanaged =>
        Assert.All(found, tensor => Assert.Equal(expected, tensor.data<T>().ToArray()));
}
