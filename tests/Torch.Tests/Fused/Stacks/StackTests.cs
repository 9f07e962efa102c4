using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused.Stacks;

/// <summary>Every operator of layers one after another beside its plain form.</summary>
public sealed class StackTests
{
    // Sums of some hundred float32 products, of LSTMs 55 lines one after another.
    private const double Tolerance = 2e-5;

    /// <summary>Which operator.</summary>
    public enum Kind
    {
        Residual,
        Gated,
        Rows,
        Diagonals,
    }

    public static TheoryData<Kind> Kinds => [.. Enum.GetValues<Kind>()];

    public static TheoryData<Kind, bool> KindsInBothPrecisions
    {
        get
        {
            TheoryData<Kind, bool> data = [];
            foreach (Kind kind in Enum.GetValues<Kind>())
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    public static TheoryData<Kind, long, long, long, int, int, bool> Shapes => new()
    {
        // h (of a gated stack p), height, width, layers, connected, bfloat16
        { Kind.Residual, 16, 5, 7, 3, 3, false },
        { Kind.Residual, 32, 4, 4, 2, 1, false },
        { Kind.Residual, 48, 3, 2, 1, 1, false },
        { Kind.Residual, 16, 9, 7, 2, 1, false },
        { Kind.Residual, 16, 3, 29, 2, 2, false },
        { Kind.Residual, 32, 28, 28, 2, 2, false },
        { Kind.Residual, 16, 5, 7, 3, 3, true },
        { Kind.Residual, 32, 4, 6, 2, 1, true },
        { Kind.Residual, 16, 9, 7, 2, 1, true },
        { Kind.Residual, 16, 3, 29, 2, 2, true },
        { Kind.Residual, 16, 28, 28, 2, 2, true },
        { Kind.Gated, 16, 5, 7, 3, 3, false },
        { Kind.Gated, 32, 4, 4, 2, 1, false },
        { Kind.Gated, 48, 3, 2, 1, 1, false },
        { Kind.Gated, 16, 1, 1, 2, 2, false },
        { Kind.Gated, 16, 9, 29, 2, 1, false },
        { Kind.Gated, 32, 28, 28, 2, 2, false },
        { Kind.Gated, 16, 5, 7, 3, 3, true },
        { Kind.Gated, 48, 3, 2, 1, 1, true },
        { Kind.Gated, 16, 1, 1, 2, 2, true },
        { Kind.Gated, 16, 9, 29, 2, 1, true },
        { Kind.Gated, 32, 4, 6, 2, 1, true },
        { Kind.Gated, 16, 28, 28, 2, 2, true },
        { Kind.Rows, 16, 5, 7, 3, 3, false },
        { Kind.Rows, 48, 1, 4, 1, 1, false },
        { Kind.Rows, 16, 4, 1, 2, 1, false },
        { Kind.Rows, 32, 28, 28, 2, 2, false },
        { Kind.Rows, 16, 1, 1, 2, 2, false },
        { Kind.Rows, 16, 5, 7, 3, 3, true },
        { Kind.Diagonals, 16, 5, 7, 3, 3, false },
        { Kind.Diagonals, 16, 7, 3, 2, 1, false },
        { Kind.Diagonals, 48, 1, 4, 1, 1, false },
        { Kind.Diagonals, 16, 4, 1, 2, 2, false },
        { Kind.Diagonals, 32, 28, 28, 2, 1, false },
        { Kind.Diagonals, 16, 2, 5, 2, 2, false },
        { Kind.Diagonals, 16, 1, 1, 2, 2, false },
        { Kind.Diagonals, 16, 5, 7, 3, 3, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradientsAreThoseOfFloat64(Kind kind, long h, long height, long width, int layers, int connected, bool half)
    {
        using var scope = NewDisposeScope();
        AssertIsThatOfFloat64(type => Make(kind, h, height, width, layers, connected, type), half);
    }

    /// <summary>The head's features take part of one panel of a product, or more than all that a layer has.</summary>
    [Theory]
    [MemberData(nameof(KindsInBothPrecisions))]
    public void HeadsMayBeOfOtherWidths(Kind kind, bool half)
    {
        using var scope = NewDisposeScope();
        foreach (long head in (long[])[16, 80])
            AssertIsThatOfFloat64(type => Make(kind, 16, 5, 7, 2, 2, type, head), half);
    }

    /// <summary>LSTMs are in float32 whatever is cast, and so is the plain form that their second derivatives come from.</summary>
    [Theory]
    [InlineData(Kind.Rows)]
    [InlineData(Kind.Diagonals)]
    public void SecondDerivativesOfLstmsAreNotCast(Kind kind)
    {
        using var scope = NewDisposeScope();
        foreach ((double[] wide, double[] cast) in Derivatives(kind, s => s.Fused(), false).Zip(Derivatives(kind, s => s.Fused(), true)))
            Assert.InRange(Fixture.Error(wide, cast), 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoImagesGiveNoResults(Kind kind)
    {
        using var scope = NewDisposeScope();
        StackCase s = Make(kind, 16, 5, 7, 2, 1, ScalarType.Float32);
        Assert.Equal([0, StackCase.Head, 5, 7], (s with { Streams = [.. s.Streams.Select(x => x.narrow(0, 0, 0))] }).Fused().shape);
    }

    /// <summary>Widths that no kernel takes: libtorch's own convolutions in bfloat16, as layer by layer.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void WithoutKernelsConvolutionsAreCast(Kind kind)
    {
        using var scope = NewDisposeScope();
        StackCase Stack(ScalarType type) => Make(kind, 8, 5, 7, 2, 1, type);
        double[][] wide = Run(Stack(ScalarType.Float64), s => s.Plain(), false);
        double[][] plain = Run(Stack(ScalarType.Float32), s => s.Plain(), true), composite = Run(Stack(ScalarType.Float32), s => s.Fused(), true);
        Assert.InRange(Fixture.Error(wide[0], composite[0]), 1e-4, 0.1);
        for (int i = 0; i < wide.Length; i++)
        {
            // A bias may be rounded in one and not in the other.
            double bound = Math.Max(0.01, 2 * Fixture.Error(wide[i], plain[i])), error = Fixture.Error(wide[i], composite[i]);
            Assert.True(error <= bound, FormattableString.Invariant($"result {i}: {error}, at most {bound}"));
        }
    }

    /// <summary>What convolutions before the layers leave where autocast is on.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void StreamsInBfloat16AreTakenAsFloat32(Kind kind)
    {
        using var scope = NewDisposeScope();
        StackCase s = Make(kind, 16, 5, 7, 2, 1, ScalarType.Float32);
        Tensor[] narrow = [.. s.Streams.Select(x => x.detach().to(ScalarType.BFloat16).requires_grad_())];
        Tensor[] wide = [.. narrow.Select(x => x.detach().to(ScalarType.Float32).requires_grad_())];
        Tensor y, expected;
        using (TorchSharp.Engine.Autocast())
        {
            y = (s with { Streams = narrow }).Fused();
            expected = (s with { Streams = wide }).Fused();
        }

        Assert.Equal(expected.Values(), y.Values());
        IList<Tensor> gradients = autograd.grad([y.sum()], narrow), whole = autograd.grad([expected.sum()], wide);
        for (int i = 0; i < narrow.Length; i++)
            Assert.Equal(whole[i].to(ScalarType.BFloat16).Values(), gradients[i].Values());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MoreThreadsThanImagesChangeNothingButTheOrderOfSums(Kind kind)
    {
        using var scope = NewDisposeScope();
        double[][] Results(int count)
        {
            using Threads threads = new(count);
            return Run(Make(kind, 16, 5, 7, 2, 1, ScalarType.Float32), s => s.Fused(), false);
        }

        foreach ((double[] many, double[] one) in Results(5).Zip(Results(1)))
            Assert.InRange(Fixture.Error(one, many), 0, 1e-6);
    }

    /// <summary>Images go to whichever thread is free, some at a time; what is added to what does not depend on which that was: 21 images make five shares.</summary>
    [Theory]
    [MemberData(nameof(KindsInBothPrecisions))]
    public void TheNumberOfThreadsChangesNothing(Kind kind, bool half)
    {
        using var scope = NewDisposeScope();
        Tensor sizes = (arange(21) + 1).view(21, 1, 1, 1) / 7;
        double[][] Results(int count)
        {
            using Threads threads = new(count);
            StackCase few = Make(kind, 16, 16, 16, 3, 2, ScalarType.Float32);
            return Run(few with { Streams = [.. few.Streams.Select(x => (x.detach().repeat(7, 1, 1, 1) * sizes).requires_grad_())] }, s => s.Fused(), half);
        }

        double[][] one = Results(1);
        Assert.Equal(one, Results(2));
        Assert.Equal(one, Results(3));
    }

    [Theory]
    [MemberData(nameof(KindsInBothPrecisions))]
    public void BothSetsOfKernelsGiveTheSameNumbers(Kind kind, bool half)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSame(() => Run(Make(kind, kind == Kind.Gated ? 32 : 16, 9, 11, 3, 1, ScalarType.Float32), s => s.Fused(), half));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SecondDerivativesAreThoseOfThePlainForm(Kind kind)
    {
        using var scope = NewDisposeScope();
        foreach ((double[] plain, double[] fused) in Derivatives(kind, s => s.Plain(), false).Zip(Derivatives(kind, s => s.Fused(), false)))
            Assert.InRange(Fixture.Error(plain, fused), 0, 1e-4);
    }

    /// <summary>Without gradients no map is kept, or those of one layer take the place of those of the layer before.</summary>
    [Theory]
    [MemberData(nameof(KindsInBothPrecisions))]
    public void NothingChangesWhereNothingIsLearned(Kind kind, bool half)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSameWithoutGradients(half, Values);

        float[] Values()
        {
            using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
            return Make(kind, 16, 5, 7, 3, 2, ScalarType.Float32).Fused().detach().contiguous().data<float>().ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(KindsInBothPrecisions))]
    public void WhatIsNotANumberStaysSo(Kind kind, bool half)
    {
        using var scope = NewDisposeScope();
        using IDisposable still = no_grad();
        StackCase s = Make(kind, 16, 3, 4, 2, 1, ScalarType.Float32);
        for (int n = 0; n < s.Streams.Length; n++)
        {
            Tensor with = s.Streams[n].clone();
            with[0, 0, 1, 2] = tensor(float.NaN);
            StackCase broken = s with { Streams = [.. s.Streams[..n], with, .. s.Streams[(n + 1)..]] };
            foreach (Kernels.Choice choice in Kernels.Of(half))
            {
                using Kernels kernels = new(choice);
                using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
                Tensor y = broken.Fused();
                Assert.True(y[0, 0, 1, 2].isnan().ToBoolean(), choice.ToString());
                Assert.False(y[0, 0, 0, 2].isnan().ToBoolean(), choice.ToString());
                // The pixel below has it through the layers alone, but not from the horizontal stack, which no row below sees.
                Assert.Equal(kind != Kind.Gated || n == 0, y[0, 0, 2, 2].isnan().ToBoolean());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WeightsOfOtherSizesAreRefused(Kind kind)
    {
        using var scope = NewDisposeScope();
        StackCase s = Make(kind, 16, 3, 3, 1, 1, ScalarType.Float32);
        Refused(s with { Layers = s.Layers[1..] }, $"{s.TensorsOfLayer} tensors for each layer");
        Refused(s with { Connected = [] }, "a matrix for each of the last layers");
        Refused(s with { Connected = [.. s.Connected, s.Connected[0]] }, "a matrix for each of the last layers");
        Refused(s with { Bias = s.Connected[0] }, "the bias must be [head]");
        Refused(s with { Connected = [s.Connected[0].narrow(1, 0, 8)] }, "connections must be [32, ");
        Refused(s with { Streams = [.. s.Streams.Select(x => x[0])] }, "takes images of one size");
        if (kind != Kind.Gated)
            Refused(s with { Streams = [s.Streams[0].narrow(1, 0, 31)] }, "takes images of 2h features");
        for (int n = 0; n < s.TensorsOfLayer; n++)
        {
            for (int d = 0; d < s.Layers[n].dim(); d++)
            {
                long size = s.Layers[n].shape[d];
                if (size > 1)
                    Refused(s with { Layers = [.. s.Layers.Select((w, i) => i == n ? w.narrow(d, 0, size - 1) : w)] }, "must be [");
            }
        }
    }

    [Fact]
    public void StreamsOfDifferentSizesAreRefused()
    {
        using var scope = NewDisposeScope();
        StackCase s = Make(Kind.Gated, 16, 3, 3, 1, 1, ScalarType.Float32);
        Refused(s with { Streams = [s.Streams[0], s.Streams[1].narrow(2, 0, 2)] }, "takes images of one size");
    }

    [Theory]
    [InlineData(Kind.Rows)]
    [InlineData(Kind.Diagonals)]
    public void WeightsOfTheOtherKindOfLineAreRefused(Kind kind)
    {
        using var scope = NewDisposeScope();
        var s = (LstmLayers)Make(kind, 16, 3, 3, 1, 1, ScalarType.Float32);
        Refused(s with { Diagonal = !s.Diagonal }, "tensors for each layer");
    }

    private static void AssertIsThatOfFloat64(Func<ScalarType, StackCase> make, bool half)
    {
        double[][] wide = Run(make(ScalarType.Float64), s => s.Plain(), false), composite = Run(make(ScalarType.Float64), s => s.Fused(), false);
        for (int i = 0; i < wide.Length; i++)
            Assert.InRange(Fixture.ErrorOrZeros(wide[i], composite[i]), 0, 1e-12);
        // Rounding to bfloat16 turns some ReLUs over, so that there is no bound by its precision: libtorch's own convolutions in bfloat16 are the
        // measure. Two roundings of one precision err by as much, but not in any order; one bit lost would be a factor of 2.
        double[][]? plain = half && make(ScalarType.Float32).HasBfloat16 ? Run(make(ScalarType.Float32), s => s.Plain(), half) : null;
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            double[][] narrow = Run(make(ScalarType.Float32), s => s.Fused(), half);
            for (int i = 0; i < wide.Length; i++)
            {
                double bound = Math.Max(Tolerance, plain is null ? 0 : 2 * Fixture.ErrorOrZeros(wide[i], plain[i])), error = Fixture.ErrorOrZeros(wide[i], narrow[i]);
                Assert.True(error <= bound, FormattableString.Invariant($"result {i}, {choice}: {error}, at most {bound}"));
            }
        }
    }

    private static void Refused(StackCase s, string what) =>
        Assert.Contains(what, Assert.ThrowsAny<Exception>(s.Fused).Message, StringComparison.Ordinal);

    private static StackCase Make(Kind kind, long h, long height, long width, int layers, int connected, ScalarType type, long head = StackCase.Head)
    {
        manual_seed(1);
        return kind switch
        {
            Kind.Residual => ResidualLayers.Random(h, height, width, layers, connected, type, head),
            Kind.Gated => GatedLayers.Random(h, height, width, layers, connected, type, head),
            _ => LstmLayers.Random(h, height, width, layers, connected, kind == Kind.Diagonals, type, head),
        };
    }

    /// <summary>The result and all gradients, those of masked weights left out.</summary>
    private static double[][] Run(StackCase stack, Func<StackCase, Tensor> result, bool half)
    {
        Tensor y;
        using (half ? TorchSharp.Engine.Autocast() : null)
            y = result(stack);
        (y * Fixture.Grid(y.shape).cos().to(stack.Bias.dtype)).sum().backward();
        return Numbers([y, .. stack.Used(stack.All.Select(w => w.grad!))]);
    }

    /// <summary>First and second derivatives, those of masked weights left out.</summary>
    private static double[][] Derivatives(Kind kind, Func<StackCase, Tensor> result, bool half)
    {
        StackCase s = Make(kind, 16, 3, 3, 3, 2, ScalarType.Float32);
        using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
        IList<Tensor> first = autograd.grad([result(s).square().sum()], [.. s.All], create_graph: true);
        IList<Tensor> second = autograd.grad([stack([.. s.Used(first).Select(t => t.square().sum())]).sum()], [.. s.All]);
        return Numbers(s.Used(first).Concat(s.Used(second)));
    }

    private static double[][] Numbers(IEnumerable<Tensor> tensors) => [.. tensors.Select(t => t.detach().to(ScalarType.Float64).contiguous().Values())];
}
