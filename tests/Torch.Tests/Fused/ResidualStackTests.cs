using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The stack of residual blocks beside its plain form in float64.</summary>
public sealed class ResidualStackTests
{
    // Sums of some hundred float32 products.
    private const double Tolerance = 2e-5;

    public static TheoryData<long, long, long, int, int, bool> Shapes => new()
    {
        { 16, 5, 7, 3, 3, false },
        { 32, 4, 4, 2, 1, false },
        { 48, 3, 2, 1, 1, false },
        { 16, 9, 7, 2, 1, false },
        { 16, 3, 29, 2, 2, false },
        { 32, 28, 28, 2, 2, false },
        { 16, 5, 7, 3, 3, true },
        { 32, 4, 6, 2, 1, true },
        { 16, 9, 7, 2, 1, true },
        { 16, 3, 29, 2, 2, true },
        { 16, 28, 28, 2, 2, true },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BothSetsOfKernelsGiveTheSameNumbers(bool half)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSame(() => Run(Fused, 16, 9, 11, 3, 1, ScalarType.Float32, half));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradientsAreThoseOfFloat64(long h, long height, long width, int layers, int connected, bool half)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(Fused, h, height, width, layers, connected, ScalarType.Float64, false);
        // Rounding to bfloat16 turns some ReLUs over, so that there is no bound by its precision: libtorch's own convolutions in bfloat16 are the
        // measure. Two roundings of one precision err by as much, but not in any order; one bit lost would be a factor of 2.
        double[][]? plain = half ? Run(Plain, h, height, width, layers, connected, ScalarType.Float32, half) : null;
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            double[][] narrow = Run(Fused, h, height, width, layers, connected, ScalarType.Float32, half);
            for (int i = 0; i < wide.Length; i++)
            {
                double bound = Math.Max(Tolerance, plain is null ? 0 : 2 * Fixture.Error(wide[i], plain[i])), error = Fixture.Error(wide[i], narrow[i]);
                Assert.True(error <= bound, FormattableString.Invariant($"result {i}, {choice}: {error}, at most {bound}"));
            }
        }
    }

    /// <summary>Without gradients no map is kept.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NothingChangesWhereNothingIsLearned(bool half)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSameWithoutGradients(half, Values);

        float[] Values()
        {
            (Tensor x, Tensor[] blocks, Tensor[] connected, Tensor bias) = Inputs(16, 5, 7, 3, 2, ScalarType.Float32);
            using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
            return Fused(x, blocks, connected, bias).detach().contiguous().data<float>().ToArray();
        }
    }

    private static Tensor Fused(Tensor x, Tensor[] blocks, Tensor[] connected, Tensor bias) => FusedOperators.ResidualStack(x, blocks, connected, bias);

    private static Tensor Plain(Tensor x, Tensor[] blocks, Tensor[] connected, Tensor bias)
    {
        int layers = blocks.Length / 6;
        Tensor sum = bias.reshape(1, -1, 1, 1);
        for (int l = 0; l < layers; l++)
        {
            Tensor[] w = blocks[(6 * l)..];
            Tensor inner = nn.functional.conv2d(nn.functional.relu(nn.functional.conv2d(nn.functional.relu(x), w[0], w[1])), w[2], w[3], padding: [1, 1]);
            x += nn.functional.conv2d(nn.functional.relu(inner), w[4], w[5]);
            if (l >= layers - connected.Length)
                sum += nn.functional.conv2d(nn.functional.relu(x), connected[l - layers + connected.Length]);
        }

        return sum;
    }

    [Fact]
    public void SecondDerivativesExist()
    {
        using var scope = NewDisposeScope();
        (Tensor x, Tensor[] blocks, Tensor[] connected, Tensor bias) = Inputs(16, 3, 3, 1, 1, ScalarType.Float32);
        Tensor first = autograd.grad([FusedOperators.ResidualStack(x, blocks, connected, bias).square().sum()], [x], create_graph: true)[0];
        Assert.True(autograd.grad([first.square().sum()], [blocks[0]])[0].abs().sum().ToDouble() > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsNotANumberStaysSo(bool half)
    {
        using var scope = NewDisposeScope();
        using IDisposable still = no_grad();
        (Tensor x, Tensor[] blocks, Tensor[] connected, Tensor bias) = Inputs(16, 3, 4, 2, 1, ScalarType.Float32);
        x[0, 0, 1, 2] = tensor(float.NaN);
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
            Assert.True(FusedOperators.ResidualStack(x, blocks, connected, bias)[0, 0, 1, 2].isnan().ToBoolean(), choice.ToString());
        }
    }

    private static (Tensor X, Tensor[] Blocks, Tensor[] Connected, Tensor Bias) Inputs(long h, long height, long width, int layers, int connected, ScalarType type)
    {
        manual_seed(1);
        Tensor Leaf(params long[] shape) => (randn(shape, ScalarType.Float64) / Math.Sqrt(shape.Length > 1 ? shape[1] * shape[2] : 4)).to(type).requires_grad_();
        Tensor before = ones(3, 3, dtype: ScalarType.Float64);
        before[1, 2] = tensor(0.0);
        before[2] = zeros(3, dtype: ScalarType.Float64);
        Tensor x = randn([3, 2 * h, height, width], ScalarType.Float64).to(type).requires_grad_();
        Tensor[] blocks = [.. Enumerable.Range(0, layers).SelectMany(_ => new[]
        {
            Leaf(h, 2 * h, 1, 1), Leaf(h), (Leaf(h, h, 3, 3).detach() * before.to(type)).requires_grad_(), Leaf(h), Leaf(2 * h, h, 1, 1), Leaf(2 * h),
        })];
        return (x, blocks, [.. Enumerable.Range(0, connected).Select(_ => Leaf(32, 2 * h, 1, 1))], Leaf(32));
    }

    /// <summary>The result and all gradients, those of masked weights left out.</summary>
    private static double[][] Run(Func<Tensor, Tensor[], Tensor[], Tensor, Tensor> stack, long h, long height, long width, int layers, int connected, ScalarType type, bool half)
    {
        (Tensor x, Tensor[] blocks, Tensor[] matrices, Tensor bias) = Inputs(h, height, width, layers, connected, type);
        Tensor y;
        using (half ? TorchSharp.Engine.Autocast() : null)
            y = stack(x, blocks, matrices, bias);
        (y * Fixture.Grid(y.shape).cos().to(type)).sum().backward();
        IEnumerable<Tensor> gradients = blocks.Select((w, i) => i % 6 == 2 ? w.grad!.flatten(2).narrow(2, 0, 5) : w.grad!);
        Tensor[] results = [y, x.grad!, .. gradients, .. matrices.Select(m => m.grad!), bias.grad!];
        return [.. results.Select(t => t.to(ScalarType.Float64).contiguous().Values())];
    }
}
