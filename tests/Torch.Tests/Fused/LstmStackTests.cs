using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The layers of a Row LSTM and of a Diagonal BiLSTM beside their plain form in float64.</summary>
public sealed class LstmStackTests
{
    // Sums of some hundred float32 products, 55 lines one after another.
    private const double Tolerance = 2e-5;

    public static TheoryData<long, long, long, int, int, bool> Shapes => new()
    {
        // h, height, width, layers, connected, diagonals
        { 16, 5, 7, 3, 3, true },
        { 16, 7, 3, 2, 1, true },
        { 48, 1, 4, 1, 1, true },
        { 16, 4, 1, 2, 2, true },
        { 32, 28, 28, 2, 1, true },
        { 16, 5, 7, 3, 3, false },
        { 48, 1, 4, 1, 1, false },
        { 16, 4, 1, 2, 1, false },
        { 32, 28, 28, 2, 2, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradientsAreThoseOfFloat64(long h, long height, long width, int layers, int connected, bool diagonal)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(Plain, h, height, width, layers, connected, diagonal, ScalarType.Float64, false);
        double[][] composite = Run(Fused, h, height, width, layers, connected, diagonal, ScalarType.Float64, false);
        for (int i = 0; i < wide.Length; i++)
            Assert.InRange(Error(wide[i], composite[i]), 0, 1e-12);
        foreach (Kernels.Choice choice in Kernels.Of(half: false))
        {
            using Kernels kernels = new(choice);
            double[][] narrow = Run(Fused, h, height, width, layers, connected, diagonal, ScalarType.Float32, false);
            // Its own products stay float32.
            double[][] autocast = Run(Fused, h, height, width, layers, connected, diagonal, ScalarType.Float32, true);
            for (int i = 0; i < wide.Length; i++)
            {
                double error = Math.Max(Error(wide[i], narrow[i]), Error(wide[i], autocast[i]));
                Assert.True(error <= Tolerance, FormattableString.Invariant($"result {i}, {choice}: {error}, at most {Tolerance}"));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BothSetsOfKernelsGiveTheSameNumbers(bool diagonal)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSame(() => Run(Fused, 16, 9, 7, 3, 1, diagonal, ScalarType.Float32, false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SecondDerivativesAreThoseOfThePlainForm(bool diagonal)
    {
        using var scope = NewDisposeScope();
        double[][] Derivatives(Func<Inputs, Tensor> stack)
        {
            Inputs i = Make(16, 3, 3, 2, 1, diagonal, ScalarType.Float32);
            Tensor[] all = [i.X, .. i.Layers, .. i.Connected, i.Bias];
            IList<Tensor> first = autograd.grad([stack(i).square().sum()], all, create_graph: true);
            IList<Tensor> second = autograd.grad([torch.stack([.. first.Select(t => t.square().sum())]).sum()], all);
            IEnumerable<Tensor> used = [.. i.Used([.. first.Skip(1)]), first[0], .. i.Used([.. second.Skip(1)]), second[0]];
            return [.. used.Select(t => t.detach().to(ScalarType.Float64).contiguous().Values())];
        }

        foreach ((double[] plain, double[] fused) in Derivatives(Plain).Zip(Derivatives(Fused)))
            Assert.InRange(Error(plain, fused), 0, 1e-4);
    }

    /// <summary>Without gradients a layer's maps take the place of those of the layer before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NothingChangesWhereNothingIsLearned(bool diagonal)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSameWithoutGradients(half: false, () => Fused(Make(16, 5, 7, 3, 2, diagonal, ScalarType.Float32)).detach().contiguous().data<float>().ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatIsNotANumberStaysSo(bool diagonal)
    {
        using var scope = NewDisposeScope();
        using IDisposable still = no_grad();
        Inputs i = Make(16, 3, 4, 2, 1, diagonal, ScalarType.Float32);
        i.X[0, 0, 1, 2] = tensor(float.NaN);
        foreach (Kernels.Choice choice in Kernels.Of(half: false))
        {
            using Kernels kernels = new(choice);
            Assert.True(Fused(i)[0, 0, 1, 2].isnan().ToBoolean(), choice.ToString());
        }
    }

    [Fact]
    public void WeightsOfOtherSizesAreRefused()
    {
        using var scope = NewDisposeScope();
        Inputs i = Make(16, 3, 3, 1, 1, false, ScalarType.Float32);
        void Refused(Inputs given, string what) => Assert.Contains(what, Assert.ThrowsAny<Exception>(() => Fused(given)).Message, StringComparison.Ordinal);
        Inputs With(int place, Tensor given) => i with { Layers = [.. i.Layers.Select((w, n) => n == place ? given : w)] };
        Refused(i with { X = i.X.narrow(1, 0, 31) }, "takes images of 2h features");
        Refused(i with { Diagonal = true }, "takes 12 tensors for each layer of diagonals");
        Refused(i with { Layers = i.Layers[..6] }, "takes 7 tensors for each layer of rows");
        Refused(With(0, i.Layers[0].narrow(3, 0, 1)), "input to state must be [4h, 2h, 1, 3]");
        Refused(With(1, i.Layers[6]), "the bias of input to state must be [4h]");
        Refused(With(2, i.Layers[2].narrow(2, 0, 2)), "state to state must be [4h, h, 3]");
        Refused(With(4, i.Layers[1]), "the initial state must be [1, h, 1] twice");
        Refused(With(5, i.Layers[0]), "the way up must be [2h, h, 1, 1] and [2h]");
        Refused(i with { Bias = i.Connected[0] }, "the bias must be [head]");
        Refused(i with { Connected = [i.Connected[0].narrow(1, 0, 16)] }, "connections must be [head, 2h, 1, 1]");
    }

    private sealed record Inputs(Tensor X, Tensor[] Layers, Tensor[] Connected, Tensor Bias, bool Diagonal)
    {
        public int TensorsOfLayer => Diagonal ? 12 : 7;

        /// <summary>Gradients in the order of Layers and what follows, without those of masked weights.</summary>
        public IEnumerable<Tensor> Used(IReadOnlyList<Tensor> gradients) =>
            gradients.Select((g, n) => !Diagonal && n < Layers.Length && n % 7 == 0 ? g.narrow(3, 0, 2) : g);
    }

    private static Inputs Make(long h, long height, long width, int layers, int connected, bool diagonal, ScalarType type)
    {
        manual_seed(1);
        Tensor Leaf(params long[] shape) => (randn(shape, ScalarType.Float64) / Math.Sqrt(shape.Length > 1 ? shape[1] : 4)).to(type).requires_grad_();
        Tensor before = ones(diagonal ? 1 : 3, dtype: ScalarType.Float64);
        if (!diagonal)
            before[2] = tensor(0.0);
        Tensor[] Lstm() =>
            [(Leaf(4 * h, 2 * h, 1, before.shape[0]).detach() * before.to(type)).requires_grad_(), Leaf(4 * h), Leaf(4 * h, h, diagonal ? 2 : 3), Leaf(1, h, 1), Leaf(1, h, 1)];
        Tensor[] weights = [.. Enumerable.Range(0, layers).SelectMany(_ => (Tensor[])[.. Lstm(), .. diagonal ? Lstm() : [], Leaf(2 * h, h, 1, 1), Leaf(2 * h)])];
        return new Inputs(Leaf(3, 2 * h, height, width), weights, [.. Enumerable.Range(0, connected).Select(_ => Leaf(32, 2 * h, 1, 1))], Leaf(32), diagonal);
    }

    private static Tensor Fused(Inputs i) => FusedOperators.LstmStack(i.X, i.Layers, i.Connected, i.Bias, i.Diagonal);

    private static Tensor Plain(Inputs i)
    {
        int layers = i.Layers.Length / i.TensorsOfLayer;
        Tensor x = i.X, sum = i.Bias.reshape(1, -1, 1, 1);
        for (int l = 0; l < layers; l++)
        {
            Tensor[] w = i.Layers[(i.TensorsOfLayer * l)..(i.TensorsOfLayer * (l + 1))];
            Tensor states = Lstm(x, w, i.Diagonal);
            if (i.Diagonal)
                states += nn.functional.pad(Lstm(x.flip(3), w[5..], true).flip(3).narrow(2, 0, x.shape[2] - 1), (0, 0, 1, 0));
            x += nn.functional.conv2d(states, w[^2], w[^1]);
            if (l >= layers - i.Connected.Length)
                sum += nn.functional.conv2d(nn.functional.relu(x), i.Connected[l - layers + i.Connected.Length]);
        }

        return sum;
    }

    // Equation 3 along the rows of a map, or along its diagonals: pixel p of line t is in row p and column t - p.
    private static Tensor Lstm(Tensor x, Tensor[] w, bool diagonal)
    {
        (long height, long width, long h) = (x.shape[2], x.shape[3], w[2].shape[1]);
        Tensor map = nn.functional.conv2d(x, w[0], w[1], padding: [0, diagonal ? 0 : 1]), nothing = zeros_like(map.select(2, 0).select(2, 0));
        long positions = diagonal ? height : width, lines = diagonal ? height + width - 1 : height;
        Tensor Own(long p, long t) =>
            !diagonal ? map.select(2, t).select(2, p) : t >= p && t - p < width ? map.select(2, p).select(2, t - p) : nothing;
        Tensor state = w[3].expand(x.shape[0], h, positions), cell = w[4].expand(x.shape[0], h, positions);
        List<Tensor> states = [];
        for (long t = 0; t < lines; t++)
        {
            Tensor own = stack([.. Enumerable.Range(0, (int)positions).Select(p => Own(p, t))], 2);
            Tensor gates = own + nn.functional.conv1d(nn.functional.pad(state, (1, diagonal ? 0 : 1)), w[2]);
            Tensor[] parts = gates.chunk(4, 1);
            cell = (parts[1].sigmoid() * cell) + (parts[2].sigmoid() * parts[3].tanh());
            state = parts[0].sigmoid() * cell.tanh();
            states.Add(state);
        }

        return diagonal
            ? stack([.. Enumerable.Range(0, (int)height).Select(p => stack([.. Enumerable.Range(0, (int)width).Select(j => states[p + j].select(2, p))], 2))], 2)
            : stack(states, 2);
    }

    /// <summary>The result and all gradients, those of masked weights left out.</summary>
    private static double[][] Run(
        Func<Inputs, Tensor> layers, long h, long height, long width, int count, int connected, bool diagonal, ScalarType type, bool half)
    {
        Inputs i = Make(h, height, width, count, connected, diagonal, type);
        Tensor y;
        using (half ? TorchSharp.Engine.Autocast() : null)
            y = layers(i);
        (y * Fixture.Grid(y.shape).cos().to(type)).sum().backward();
        Tensor[] results = [y, i.X.grad!, .. i.Used([.. i.Layers.Concat(i.Connected).Append(i.Bias).Select(w => w.grad!)])];
        return [.. results.Select(t => t.to(ScalarType.Float64).contiguous().Values())];
    }

    // Of images of one row the second LSTM of a layer of diagonals is not seen.
    private static double Error(double[] right, double[] given) => Fixture.ErrorOrZeros(right, given);
}
