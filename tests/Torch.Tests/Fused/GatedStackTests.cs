using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The layers of a Gated PixelCNN beside their plain form in float64.</summary>
public sealed class GatedStackTests
{
    // Sums of some hundred float32 products.
    private const double Tolerance = 2e-5;

    public static TheoryData<long, long, long, int, int, bool> Shapes => new()
    {
        // p, height, width, layers, connected, bfloat16
        { 16, 5, 7, 3, 3, false },
        { 32, 4, 4, 2, 1, false },
        { 48, 3, 2, 1, 1, false },
        { 16, 1, 1, 2, 2, false },
        { 16, 9, 29, 2, 1, false },
        { 32, 28, 28, 2, 2, false },
        { 16, 5, 7, 3, 3, true },
        { 32, 4, 6, 2, 1, true },
        { 16, 28, 28, 2, 2, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradientsAreThoseOfFloat64(long p, long height, long width, int layers, int connected, bool half)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(Plain, p, height, width, layers, connected, ScalarType.Float64, false);
        double[][] composite = Run(Fused, p, height, width, layers, connected, ScalarType.Float64, false);
        for (int i = 0; i < wide.Length; i++)
            Assert.InRange(Error(wide[i], composite[i]), 0, 1e-12);
        // As for the residual stack: where ReLUs turn over, libtorch's own convolutions in bfloat16 are the measure.
        double[][]? plain = half ? Run(Plain, p, height, width, layers, connected, ScalarType.Float32, half) : null;
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            double[][] narrow = Run(Fused, p, height, width, layers, connected, ScalarType.Float32, half);
            for (int i = 0; i < wide.Length; i++)
            {
                double bound = Math.Max(Tolerance, plain is null ? 0 : 2 * Error(wide[i], plain[i])), error = Error(wide[i], narrow[i]);
                Assert.True(error <= bound, FormattableString.Invariant($"result {i}, {choice}: {error}, at most {bound}"));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BothSetsOfKernelsGiveTheSameNumbers(bool half)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSame(() => Run(Fused, 32, 9, 11, 3, 1, ScalarType.Float32, half));
    }

    [Fact]
    public void SecondDerivativesAreThoseOfThePlainForm()
    {
        using var scope = NewDisposeScope();
        static double[][] Derivatives(Func<Inputs, Tensor> stack)
        {
            Inputs i = Make(16, 3, 3, 3, 2, ScalarType.Float32);
            Tensor[] all = [i.V, i.H, .. i.Layers, .. i.Connected, i.Bias];
            IList<Tensor> first = autograd.grad([stack(i).square().sum()], all, create_graph: true);
            IList<Tensor> second = autograd.grad([Squares(first)], all);
            // Not those of masked weights.
            IEnumerable<Tensor> Used(IList<Tensor> gradients) => gradients.Select((g, n) => n >= 2 && n < 2 + i.Layers.Length && (n - 2) % 7 == 3 ? g.narrow(3, 0, 2) : g);
            return [.. Used(first).Concat(Used(second)).Select(t => t.detach().to(ScalarType.Float64).contiguous().Values())];
        }

        static Tensor Squares(IList<Tensor> all) => torch.stack([.. all.Select(t => t.square().sum())]).sum();
        foreach ((double[] plain, double[] fused) in Derivatives(Plain).Zip(Derivatives(Fused)))
            Assert.InRange(Error(plain, fused), 0, 1e-4);
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
            using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
            return Fused(Make(16, 5, 7, 3, 2, ScalarType.Float32)).detach().contiguous().data<float>().ToArray();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsNotANumberStaysSo(bool half)
    {
        using var scope = NewDisposeScope();
        using IDisposable still = no_grad();
        Inputs i = Make(16, 3, 4, 2, 1, ScalarType.Float32);
        i.H[0, 0, 1, 2] = tensor(float.NaN);
        foreach (Kernels.Choice choice in Kernels.Of(half))
        {
            using Kernels kernels = new(choice);
            using IDisposable? bfloat16 = half ? TorchSharp.Engine.Autocast() : null;
            Assert.True(Fused(i)[0, 0, 1, 2].isnan().ToBoolean(), choice.ToString());
        }
    }

    [Fact]
    public void WeightsOfOtherSizesAreRefused()
    {
        using var scope = NewDisposeScope();
        Inputs i = Make(16, 3, 3, 1, 1, ScalarType.Float32);
        string message = Assert.ThrowsAny<Exception>(() => Fused(i with { H = i.H.narrow(2, 0, 2) })).Message;
        Assert.Contains("two stacks of images of one size", message, StringComparison.Ordinal);
        message = Assert.ThrowsAny<Exception>(() => Fused(i with { Layers = i.Layers[..6] })).Message;
        Assert.Contains("7 tensors for each layer", message, StringComparison.Ordinal);
        message = Assert.ThrowsAny<Exception>(() => Fused(i with { Layers = [i.Layers[2], .. i.Layers[1..]] })).Message;
        Assert.Contains("the vertical weight must be [2p, p, 2, 3]", message, StringComparison.Ordinal);
        message = Assert.ThrowsAny<Exception>(() => Fused(i with { Layers = [i.Layers[0], i.Layers[6], .. i.Layers[2..]] })).Message;
        Assert.Contains("biases must be [2p], [2p] and [p]", message, StringComparison.Ordinal);
        message = Assert.ThrowsAny<Exception>(() => Fused(i with { Connected = [i.Connected[0].narrow(1, 0, 8)] })).Message;
        Assert.Contains("connections must be [head, p, 1, 1]", message, StringComparison.Ordinal);
    }

    private sealed record Inputs(Tensor V, Tensor H, Tensor[] Layers, Tensor[] Connected, Tensor Bias);

    private static Inputs Make(long p, long height, long width, int layers, int connected, ScalarType type)
    {
        manual_seed(1);
        Tensor Leaf(params long[] shape) => (randn(shape, ScalarType.Float64) / Math.Sqrt(shape.Length > 1 ? shape[1] * shape[2] : 4)).to(type).requires_grad_();
        Tensor before = ones(3, dtype: ScalarType.Float64);
        before[2] = tensor(0.0);
        Tensor[] weights = [.. Enumerable.Range(0, layers).SelectMany(_ => new[]
        {
            Leaf(2 * p, p, 2, 3), Leaf(2 * p), Leaf(2 * p, 2 * p, 1, 1), (Leaf(2 * p, p, 1, 3).detach() * before.to(type)).requires_grad_(), Leaf(2 * p), Leaf(p, p, 1, 1), Leaf(p),
        })];
        Tensor Stack() => randn([3, p, height, width], ScalarType.Float64).to(type).requires_grad_();
        return new Inputs(Stack(), Stack(), weights, [.. Enumerable.Range(0, connected).Select(_ => Leaf(32, p, 1, 1))], Leaf(32));
    }

    private static Tensor Fused(Inputs i) => FusedOperators.GatedStack(i.V, i.H, i.Layers, i.Connected, i.Bias);

    private static Tensor Plain(Inputs i)
    {
        static Tensor Gate(Tensor x) => x.narrow(1, 0, x.shape[1] / 2).tanh() * x.narrow(1, x.shape[1] / 2, x.shape[1] / 2).sigmoid();
        int layers = i.Layers.Length / 7;
        Tensor v = i.V, h = i.H, sum = i.Bias.reshape(1, -1, 1, 1);
        for (int l = 0; l < layers; l++)
        {
            Tensor[] w = i.Layers[(7 * l)..];
            Tensor a = nn.functional.conv2d(nn.functional.pad(v, (1, 1, 1, 0)), w[0], w[1]);
            Tensor b = nn.functional.conv2d(h, w[3], w[4], padding: [0, 1]) + nn.functional.conv2d(a, w[2]);
            (v, h) = (Gate(a), h + nn.functional.conv2d(Gate(b), w[5], w[6]));
            if (l >= layers - i.Connected.Length)
                sum += nn.functional.conv2d(nn.functional.relu(h), i.Connected[l - layers + i.Connected.Length]);
        }

        return sum;
    }

    /// <summary>The result and all gradients, those of masked weights left out.</summary>
    private static double[][] Run(Func<Inputs, Tensor> stack, long p, long height, long width, int layers, int connected, ScalarType type, bool half)
    {
        Inputs i = Make(p, height, width, layers, connected, type);
        Tensor y;
        using (half ? TorchSharp.Engine.Autocast() : null)
            y = stack(i);
        (y * Fixture.Grid(y.shape).cos().to(type)).sum().backward();
        IEnumerable<Tensor> gradients = i.Layers.Select((w, n) => n % 7 == 3 ? w.grad!.narrow(3, 0, 2) : w.grad!);
        Tensor[] results = [y, i.V.grad!, i.H.grad!, .. gradients, .. i.Connected.Select(m => m.grad!), i.Bias.grad!];
        return [.. results.Select(t => t.to(ScalarType.Float64).contiguous().Values())];
    }

    // A single pixel has nothing above it or to its left.
    private static double Error(double[] right, double[] given) => Fixture.ErrorOrZeros(right, given);
}
