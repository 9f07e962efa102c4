using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The LSTM along rows and diagonals in float32 beside itself in float64, which takes its plain form, and beside one that goes from pixel to pixel.</summary>
public sealed class LineLstmTests
{
    // Sums of some ten float32 products, 55 lines one after another.
    private const double Tolerance = 1e-5;

    public static TheoryData<long, long, long, bool> Shapes => new()
    {
        // h, height, width, diagonals
        { 16, 5, 7, true },
        { 16, 7, 3, true },
        { 48, 1, 4, true },
        { 16, 4, 1, true },
        { 32, 28, 28, true },
        { 16, 5, 7, false },
        { 48, 1, 4, false },
        { 16, 4, 1, false },
        { 32, 28, 28, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradientsAreThoseOfFloat64(long h, long height, long width, bool diagonal)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(h, height, width, diagonal, ScalarType.Float64, false);
        foreach (Kernels.Choice choice in Kernels.Of(half: false))
        {
            using Kernels kernels = new(choice);
            double[][] narrow = Run(h, height, width, diagonal, ScalarType.Float32, false), autocast = Run(h, height, width, diagonal, ScalarType.Float32, true);
            for (int i = 0; i < wide.Length; i++)
            {
                Assert.InRange(Fixture.Error(wide[i], narrow[i]), 0, Tolerance);
                // Its own products stay float32.
                Assert.InRange(Fixture.Error(wide[i], autocast[i]), 0, Tolerance);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BothSetsOfKernelsGiveTheSameNumbers(bool diagonal)
    {
        using var scope = NewDisposeScope();
        Kernels.AssertSame(() => Run(16, 9, 7, diagonal, ScalarType.Float32, false));
    }

    /// <summary>Both forms, pixel by pixel as the paper's equation has them.</summary>
    [Theory]
    [InlineData(16, 4, 6, true)]
    [InlineData(16, 6, 4, true)]
    [InlineData(5, 4, 6, true)]
    [InlineData(16, 4, 6, false)]
    [InlineData(5, 4, 6, false)]
    public void EachPixelSeesItsNeighboursOfTheLineBefore(long h, int height, int width, bool diagonal)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        Tensor[] inputs = Inputs(h, height, width, diagonal, ScalarType.Float32);
        Tensor y = Call(inputs, diagonal);
        (Tensor x, Tensor weight, Tensor hidden, Tensor cell) = (inputs[0], inputs[1], inputs[2].reshape(1, -1), inputs[3].reshape(1, -1));
        Tensor nothing = zeros_like(hidden);
        var seen = new Dictionary<(int Row, int Column), (Tensor State, Tensor Cell)>();

        // A diagonal begins left of the image, at the pixel of line 0 in its row; x is zero there.
        (Tensor State, Tensor Cell) At(int i, int j)
        {
            bool outside = diagonal ? i < 0 : j < 0 || j >= width;
            if (outside)
                return (nothing, nothing);
            if (diagonal ? i + j < 0 : i < 0)
                return (hidden, cell);
            if (!seen.TryGetValue((i, j), out (Tensor, Tensor) found))
            {
                (Tensor State, Tensor Cell)[] before = diagonal ? [At(i - 1, j), At(i, j - 1)] : [At(i - 1, j - 1), At(i - 1, j), At(i - 1, j + 1)];
                Tensor gates = j < 0 ? zeros(1, 4 * h) : Pixel(x, i, j).reshape(1, -1);
                for (int k = 0; k < before.Length; k++)
                    gates += before[k].State.matmul(weight.select(2, k).t());
                Tensor[] parts = gates.chunk(4, 1);
                Tensor c = (parts[1].sigmoid() * before[1].Cell) + (parts[2].sigmoid() * parts[3].tanh());
                seen[(i, j)] = found = (parts[0].sigmoid() * c.tanh(), c);
            }

            return found;
        }

        for (int i = 0; i < height; i++)
        {
            for (int j = 0; j < width; j++)
                Assert.InRange((At(i, j).State.reshape(-1) - Pixel(y, i, j)).abs().max().ToDouble(), 0, 1e-6);
        }
    }

    [Fact]
    public void SecondDerivativesExist()
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = Inputs(16, 3, 3, true, ScalarType.Float32);
        Tensor first = autograd.grad([Call(inputs, true).square().sum()], [inputs[0]], create_graph: true)[0];
        Assert.True(autograd.grad([first.square().sum()], [inputs[1]])[0].abs().sum().ToDouble() > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WeightsOfTheOtherKindOfLineAreRefused(bool diagonal)
    {
        using var scope = NewDisposeScope();
        Exception refusal = Assert.ThrowsAny<Exception>(() => Call(Inputs(16, 3, 3, diagonal, ScalarType.Float32), !diagonal));
        Assert.Contains("line_lstm takes images of 4h features", refusal.Message, StringComparison.Ordinal);
    }

    private static Tensor Pixel(Tensor maps, int i, int j) => maps.select(0, 0).select(1, i).select(1, j);

    private static Tensor Call(Tensor[] inputs, bool diagonal) => FusedOperators.LineLstm(inputs[0], inputs[1], inputs[2], inputs[3], diagonal);

    private static Tensor[] Inputs(long h, long height, long width, bool diagonal, ScalarType type)
    {
        manual_seed(1);
        long[][] shapes = [[3, 4 * h, height, width], [4 * h, h, diagonal ? 2 : 3], [1, h, 1], [1, h, 1]];
        return [.. shapes.Select((shape, i) => (randn(shape, ScalarType.Float64) / (i == 1 ? Math.Sqrt(h) : 1)).to(type).requires_grad_())];
    }

    private static double[][] Run(long h, long height, long width, bool diagonal, ScalarType type, bool half)
    {
        Tensor[] inputs = Inputs(h, height, width, diagonal, type);
        Tensor y;
        using (half ? TorchSharp.Engine.Autocast() : null)
            y = Call(inputs, diagonal);
        (y * Fixture.Grid(y.shape).cos().to(type)).sum().backward();
        Tensor[] results = [y, .. inputs.Select(t => t.grad!)];
        return [.. results.Select(t => t.to(ScalarType.Float64).contiguous().Values())];
    }
}
