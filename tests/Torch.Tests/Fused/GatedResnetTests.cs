using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The gated resnet of PixelCNN++ beside its plain form in float64.</summary>
public sealed class GatedResnetTests
{
    // Sums of some thousand float32 products.
    private const double Tolerance = 2e-5;

    // Products of numbers rounded to 8 bits, summed in float32; each result is a sum of many of them.
    private const double HalfTolerance = 2e-2;

    public static TheoryData<long, long[], long, long, long, bool, bool> Shapes => new()
    {
        // features, auxiliary features, height, width, columns, shift, bfloat16
        { 16, [], 4, 4, 3, false, false },
        { 8, [8], 3, 5, 2, false, false },
        { 24, [24, 8], 5, 7, 2, true, false },
        { 40, [40], 8, 8, 3, false, false },
        { 32, [16, 16], 1, 1, 3, true, false },
        // Large enough for the products of fused_winograd.h, with what is beside and without.
        { 24, [8], 16, 16, 3, true, false },
        { 16, [], 33, 8, 3, false, false },
        { 40, [24, 8], 35, 8, 2, true, false },
        { 16, [], 4, 4, 3, false, true },
        { 24, [24, 8], 5, 7, 2, true, true },
        { 40, [40], 8, 8, 3, true, true },
        { 24, [8], 16, 16, 3, true, true },
        { 40, [24, 8], 35, 8, 2, true, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradientsAreThoseOfFloat64(long features, long[] auxiliary, long height, long width, long columns, bool shift, bool half)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(Plain, features, auxiliary, height, width, columns, shift, ScalarType.Float64, false);
        double[][] composite = Run(Fused, features, auxiliary, height, width, columns, shift, ScalarType.Float64, false);
        for (int i = 0; i < wide.Length; i++)
            Assert.InRange(Fixture.Error(wide[i], composite[i]), 0, 1e-12);
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            double[][] narrow = Run(Fused, features, auxiliary, height, width, columns, shift, ScalarType.Float32, half);
            for (int i = 0; i < wide.Length; i++)
            {
                double error = Fixture.Error(wide[i], narrow[i]);
                Assert.True(error <= (half ? HalfTolerance : Tolerance), FormattableString.Invariant($"result {i}, {choice}: {error}"));
            }
        }
    }

    [Theory]
    [InlineData(16, 16, 3, false)]
    [InlineData(5, 7, 2, false)]
    [InlineData(16, 16, 2, true)]
    [InlineData(5, 7, 3, true)]
    public void BothSetsOfKernelsGiveTheSameNumbers(long height, long width, long columns, bool half)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSame(() => Run(Fused, 24, [8], height, width, columns, true, ScalarType.Float32, half));
    }

    /// <summary>Images go to whichever thread is free; what is added to what does not depend on which that was: each of three images of 32 x 32 is a share.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheNumberOfThreadsChangesNothing(bool half)
    {
        using var scope = NewDisposeScope();
        double[][] Results(int count)
        {
            using Threads threads = new(count);
            return Run(Fused, 24, [8], 32, 32, 3, true, ScalarType.Float32, half);
        }

        double[][] one = Results(1);
        Assert.Equal(one, Results(2));
        Assert.Equal(one, Results(3));
    }

    /// <summary>A thread with one image lays out the weights a panel at a time; for several images they are laid out beforehand.</summary>
    [Theory]
    [InlineData(16, 16, 3, false)]
    [InlineData(5, 7, 2, false)]
    [InlineData(16, 16, 2, true)]
    [InlineData(5, 7, 3, true)]
    public void AnImageIsTheSameAloneAndAmongOthers(long height, long width, long columns, bool half)
    {
        using var scope = NewDisposeScope();
        using Threads one = new(1);
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            Inputs together = Make(24, [8], height, width, columns, true, ScalarType.Float32);
            Tensor grid = Fixture.Grid(together.X.shape).cos().to(ScalarType.Float32);
            Tensor[] Results(Inputs i, Tensor by)
            {
                Tensor y;
                using (half ? TorchSharp.Engine.Autocast() : null)
                    y = Fused(i);
                (y * by).sum().backward();
                return [y, i.X.grad!, i.Auxiliary[0].grad!, i.Shift!.grad!];
            }

            Tensor[] all = Results(together, grid);
            for (int n = 0; n < 3; n++)
            {
                Tensor Own(Tensor t) => t.narrow(0, n, 1).detach().clone().requires_grad_();
                Tensor[] own = Results(
                    together with { X = Own(together.X), Auxiliary = [Own(together.Auxiliary[0])], Shift = Own(together.Shift!) }, grid.narrow(0, n, 1));
                foreach ((Tensor among, Tensor alone) in all.Zip(own))
                    Assert.Equal(among.narrow(0, n, 1).contiguous().Values(), alone.contiguous().Values());
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BFloat16RoundsNoMoreThanLibtorch(bool pairs)
    {
        using Kernels kernels = new(new(pairs));
        using var scope = NewDisposeScope();
        double[][] wide = Run(Plain, 24, [24], 6, 6, 3, false, ScalarType.Float64, false);
        double[][] fused = Run(Fused, 24, [24], 6, 6, 3, false, ScalarType.Float32, true);
        double[][] plain = Run(Plain, 24, [24], 6, 6, 3, false, ScalarType.Float32, true);
        double ours = 0, theirs = 0;
        for (int i = 0; i < wide.Length; i++)
        {
            ours += Fixture.Error(wide[i], fused[i]);
            theirs += Fixture.Error(wide[i], plain[i]);
        }
        Assert.InRange(ours, 1e-4, theirs);
    }

    [Fact]
    public void ProductsOfPairsAreUsedWhereTheProcessorHasThem()
    {
        using var scope = NewDisposeScope();
        double[] By(bool pairs)
        {
            using Kernels kernels = new(new(pairs));
            return Run(Fused, 24, [24], 6, 6, 3, false, ScalarType.Float32, true)[0];
        }

        Assert.Equal(Fixture.HasInstructions("avx512_bf16"), !By(true).SequenceEqual(By(false)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void DropoutKeepsAndScalesAndIsTheSameFromTheSameState(bool half, bool below)
    {
        const double share = 0.25;
        // What is dropped leaves a rounding where pixels are multiplied in tiles.
        const double nothing = 1e-4;
        using var scope = NewDisposeScope();
        Tensor kept = Kept(share, half, below), again = Kept(share, half, below);
        Assert.Equal(kept.Values(), again.Values());
        double[] scales = kept.to(ScalarType.Float64).contiguous().Values();
        double most = 1 / (1 - share);
        Assert.All(scales, s => Assert.True(Math.Abs(s) < nothing || Math.Abs(s - most) < 1e-2, FormattableString.Invariant($"{s}")));
        double dropped = scales.Count(s => Math.Abs(s) < nothing) / (double)scales.Length;
        // Five standard errors of a share of so many.
        Assert.InRange(dropped, share - (5 * Math.Sqrt(share * (1 - share) / scales.Length)), share + (5 * Math.Sqrt(share * (1 - share) / scales.Length)));
        // Neither features nor places go together.
        Tensor marks = (kept.abs() < 0.5).to(ScalarType.Float64);
        Assert.InRange(marks.mean([0, 2, 3]).std().ToDouble(), 0, 0.05);
        Assert.InRange(marks.mean([0, 1, 2]).std().ToDouble(), 0, 0.05);
    }

    /// <summary>elu(c) and elu(-c) are two inputs of the second convolution: each is dropped for itself.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BothHalvesOfConcatEluAreDroppedIndependently(bool half)
    {
        const double share = 0.25;
        using var scope = NewDisposeScope();
        // From the same state, so that both are of one draw; [features, places].
        Tensor Marks(bool below) => (Kept(share, half, below).abs() < 0.5).to(ScalarType.Float64).transpose(0, 1).reshape(16, -1) - share;
        Tensor above = Marks(below: false), under = Marks(below: true);
        double places = above.shape[1];
        // Of each feature of the one with each of the other; six standard errors of a correlation over so many places.
        Tensor correlations = above.matmul(under.t()) / (places * share * (1 - share));
        Assert.InRange(correlations.abs().max().ToDouble(), 0, 6 / Math.Sqrt(places));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DroppedFeaturesGetNoGradientAndKeptOnesAreScaled(bool below)
    {
        using var scope = NewDisposeScope();
        (Tensor x, var first, var second, Tensor bias) = Transparent(16, 8, below);
        x.requires_grad_();
        manual_seed(5);
        Tensor moved = FusedOperators.GatedResnet(x, [], first, zeros(16), null, second, bias, null, 0.5) - x;
        moved.sum().backward();
        // y = x + scale x for positive x, and x - scale x for negative: the gradient of y - x is the scale that was applied, with this sign.
        Assert.InRange((x.grad! - (moved / x).detach()).abs().max().ToDouble(), 0, 1e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatAPixelDoesNotSeeReachesItByRoundingInTrainingAndNotAtAllOtherwise(long columns)
    {
        const int from = 10;
        using var scope = NewDisposeScope();
        Inputs i = Make(16, [8], 16, 16, columns, false, ScalarType.Float32);
        Inputs other = i with { X = i.X.detach().clone(), Auxiliary = [.. i.Auxiliary.Select(a => a.detach().clone())] };
        foreach (Tensor t in other.Auxiliary.Append(other.X))
            t.narrow(3, from, 16 - from).normal_();
        // Each of the two convolutions sees columns - 2 places to the right.
        long unseen = from - (2 * (columns - 2));
        double Difference()
        {
            Tensor both = (Fused(i) - Fused(other)).detach().abs();
            Assert.InRange(both.narrow(3, unseen, 1).max().ToDouble(), 0.1, double.MaxValue);
            return both.narrow(3, 0, unseen).max().ToDouble();
        }

        // Tiles of four columns are multiplied at once where something is learned.
        Assert.InRange(Difference(), double.Epsilon, 1e-5);
        using (no_grad())
            Assert.Equal(0, Difference());
        foreach (Tensor t in i.All)
            t.requires_grad_(false);
        Assert.Equal(0, Difference());
        i.SecondBias.requires_grad_();
        Assert.InRange(Difference(), double.Epsilon, 1e-5);
    }

    [Fact]
    public void SecondDerivativesExistWithoutDropoutAlone()
    {
        using var scope = NewDisposeScope();
        Inputs i = Make(8, [8], 3, 3, 2, true, ScalarType.Float32);
        Tensor first = autograd.grad([Fused(i, 0).square().sum()], [i.X], create_graph: true)[0];
        Assert.True(autograd.grad([first.square().sum()], [i.First.V])[0].abs().sum().ToDouble() > 0);
        string message = Assert.ThrowsAny<Exception>(() => autograd.grad([Fused(i, 0.5).square().sum()], [i.X], create_graph: true)).Message;
        Assert.Contains("no second derivative with dropout", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsOfOtherSizesAreRefused()
    {
        using var scope = NewDisposeScope();
        Inputs i = Make(8, [8], 3, 3, 2, false, ScalarType.Float32);
        string message = Assert.ThrowsAny<Exception>(() =>
            FusedOperators.GatedResnet(i.X, [], i.First, i.FirstBias, i.AuxiliaryWeight, i.Second, i.SecondBias, null, 0)).Message;
        Assert.Contains("go together", message, StringComparison.Ordinal);
        message = Assert.ThrowsAny<Exception>(() =>
            FusedOperators.GatedResnet(i.X, i.Auxiliary, i.Second, i.FirstBias, i.AuxiliaryWeight, i.Second, i.SecondBias, null, 0)).Message;
        Assert.Contains("first weight must be [F, 2F, 2, columns]", message, StringComparison.Ordinal);
        message = Assert.ThrowsAny<Exception>(() =>
            FusedOperators.GatedResnet(i.X, i.Auxiliary, (i.First.V, i.Second.G), i.FirstBias, i.AuxiliaryWeight, i.Second, i.SecondBias, null, 0)).Message;
        Assert.Contains("a length for each output", message, StringComparison.Ordinal);
    }

    /// <summary>What dropout multiplied elu(c) of 16 features with or, below, elu(-c); the same draw at each call.</summary>
    private static Tensor Kept(double share, bool half, bool below)
    {
        (Tensor x, var first, var second, Tensor bias) = Transparent(16, 32, below);
        // As in training, which multiplies in tiles.
        bias.requires_grad_();
        manual_seed(3);
        using IDisposable? products = half ? TorchSharp.Engine.Autocast() : null;
        return ((FusedOperators.GatedResnet(x, [], first, zeros(16), null, second, bias, null, share) - x) / x.abs()).detach();
    }

    /// <summary>
    /// Weights with which c1 is x, c2's first half is dropout(elu(x)) of a positive x or, below, dropout(elu(-x)) of a negative one, and the gate is open. Either elu is
    /// the size of x; the other one, which concat-ELU has beside it, is not read.
    /// </summary>
    private static (Tensor X, (Tensor V, Tensor G) First, (Tensor V, Tensor G) Second, Tensor SecondBias) Transparent(long features, long size, bool below)
    {
        manual_seed(2);
        Tensor x = rand(2, features, size, size) + 0.5;
        if (below)
            x = -x;
        Tensor first = zeros(features, 2 * features, 2, 3), second = zeros(2 * features, 2 * features, 2, 3), bias = zeros(2 * features);
        long read = below ? features : 0;
        for (int f = 0; f < features; f++)
        {
            first[f, read + f, 1, 1] = tensor(below ? -1f : 1f);
            second[f, read + f, 1, 1] = tensor(1f);
            // Of length zero: the gate sees its bias alone.
            second[features + f, f, 1, 1] = tensor(1f);
            bias[features + f] = tensor(40f);
        }
        return (x, (first, ones(features)), (second, cat([ones(features), zeros(features)])), bias);
    }

    private sealed record Inputs(
        Tensor X, Tensor[] Auxiliary, (Tensor V, Tensor G) First, Tensor FirstBias, (Tensor V, Tensor G)? AuxiliaryWeight, (Tensor V, Tensor G) Second,
        Tensor SecondBias, Tensor? Shift)
    {
        public IEnumerable<Tensor> All =>
            new[] { X, First.V, First.G, FirstBias, AuxiliaryWeight?.V, AuxiliaryWeight?.G, Second.V, Second.G, SecondBias, Shift }.OfType<Tensor>().Concat(Auxiliary);
    }

    private static Inputs Make(long features, long[] auxiliary, long height, long width, long columns, bool shift, ScalarType type)
    {
        manual_seed(1);
        Tensor Leaf(double size, params long[] shape) => (randn(shape, ScalarType.Float64) * size).to(type).requires_grad_();
        // Of lengths about 1, whatever the directions' are.
        (Tensor, Tensor) Weight(params long[] shape) =>
            (Leaf(0.05, shape), (rand(shape[0], ScalarType.Float64) + 0.5).to(type).requires_grad_());
        long all = auxiliary.Sum();
        return new Inputs(
            Leaf(1, 3, features, height, width), [.. auxiliary.Select(a => Leaf(1, 3, a, height, width))],
            Weight(features, 2 * features, 2, columns), Leaf(0.5, features), all > 0 ? Weight(features, 2 * all, 1, 1) : null,
            Weight(2 * features, 2 * features, 2, columns), Leaf(0.5, 2 * features), shift ? Leaf(1, 3, 2 * features) : null);
    }

    private static Tensor Fused(Inputs i, double dropout) =>
        FusedOperators.GatedResnet(i.X, i.Auxiliary, i.First, i.FirstBias, i.AuxiliaryWeight, i.Second, i.SecondBias, i.Shift, dropout);

    private static Tensor Fused(Inputs i) => Fused(i, 0);

    private static Tensor Plain(Inputs i)
    {
        static Tensor ConcatElu(Tensor x) => nn.functional.elu(cat([x, -x], 1), 1);
        static Tensor Weight((Tensor V, Tensor G) given) => given.G.reshape(-1, 1, 1, 1) * given.V / given.V.square().sum([1, 2, 3], keepdim: true).sqrt();
        long columns = i.First.V.shape[3];
        Tensor Seen(Tensor x) => nn.functional.pad(x, (1, columns - 2, 1, 0));
        Tensor c = nn.functional.conv2d(Seen(ConcatElu(i.X)), Weight(i.First), i.FirstBias);
        if (i.AuxiliaryWeight is not null)
            c += nn.functional.conv2d(ConcatElu(cat(i.Auxiliary, 1)), Weight(i.AuxiliaryWeight.Value));
        c = nn.functional.conv2d(Seen(ConcatElu(c)), Weight(i.Second), i.SecondBias);
        if (i.Shift is not null)
            c += i.Shift.unsqueeze(2).unsqueeze(3);
        long f = i.X.shape[1];
        return i.X + (c.narrow(1, 0, f) * c.narrow(1, f, f).sigmoid());
    }

    /// <summary>The result and all gradients.</summary>
    private static double[][] Run(
        Func<Inputs, Tensor> resnet, long features, long[] auxiliary, long height, long width, long columns, bool shift, ScalarType type, bool half)
    {
        Inputs i = Make(features, auxiliary, height, width, columns, shift, type);
        Tensor y;
        using (half ? TorchSharp.Engine.Autocast() : null)
            y = resnet(i);
        (y * Fixture.Grid(y.shape).cos().to(type)).sum().backward();
        return [.. new[] { y }.Concat(i.All.Select(t => t.grad!)).Select(t => t.to(ScalarType.Float64).contiguous().Values())];
    }
}
