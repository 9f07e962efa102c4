using Replications.Torch.Tests.Fixtures;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The linear layer at sizes where products take another way than libtorch's, beside float64.</summary>
public sealed class LinearTests
{
    // 96 x 96 x 80 multiplications; sums of 96 float32 products err by some 1e-6 of the largest.
    private const long Width = 96;
    private const double Tolerance = 1e-5;

    public enum Shape
    {
        Matrix,
        Batches,
        Transposed,
    }

    [Theory]
    [InlineData(Shape.Matrix, true)]
    [InlineData(Shape.Batches, true)]
    [InlineData(Shape.Transposed, false)]
    public void ValuesAndGradientsAreThoseOfFloat64(Shape shape, bool hasBias)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(shape, hasBias, ScalarType.Float64), narrow = Run(shape, hasBias, ScalarType.Float32);
        for (int i = 0; i < wide.Length; i++)
            Fixture.Close(wide[i], narrow[i], Tolerance, FormattableString.Invariant($"result {i}"));
    }

    [Fact]
    public void SecondDerivativesExist()
    {
        using var scope = NewDisposeScope();
        Fixture.Close(Second(ScalarType.Float64), Second(ScalarType.Float32), Tolerance, "second derivative");

        static double[] Second(ScalarType type)
        {
            Tensor x = (Fixture.Grid(80, Width) / 10).to(type).requires_grad_(), w = Fixture.Grid(Width, Width).to(type).requires_grad_();
            Tensor first = autograd.grad([nn.functional.linear(x, w).square().sum()], [x], create_graph: true)[0];
            return autograd.grad([first.square().sum()], [w])[0].Values();
        }
    }

    [Theory]
    [InlineData(Shape.Matrix, true)]
    [InlineData(Shape.Matrix, false)]
    [InlineData(Shape.Batches, true)]
    [InlineData(Shape.Transposed, false)]
    public void ProductsOfBFloat16AddUpInFloat32(Shape shape, bool hasBias)
    {
        using var scope = NewDisposeScope();
        double[][] wide = Run(shape, hasBias, ScalarType.Float64, ScalarType.BFloat16), narrow = Run(shape, hasBias, ScalarType.BFloat16);
        for (int i = 0; i < wide.Length; i++)
            Fixture.Close(wide[i], narrow[i], Fixture.RoundedOnce, FormattableString.Invariant($"result {i}"));
    }

    [Theory]
    [InlineData(1, 96, 96)]
    [InlineData(96, 1, 96)]
    [InlineData(96, 96, 1)]
    [InlineData(2, 3, 5)]
    [InlineData(1, 1, 1)]
    public void SmallMatricesOfBFloat16AreMultipliedToo(long examples, long inputs, long outputs)
    {
        using var scope = NewDisposeScope();
        Tensor x = Fixture.Grid(examples, inputs).cos();
        double[][] wide = Run(x, outputs, true, ScalarType.Float64, ScalarType.BFloat16), narrow = Run(x, outputs, true, ScalarType.BFloat16, null);
        for (int i = 0; i < wide.Length; i++)
            Fixture.Close(wide[i], narrow[i], Fixture.RoundedOnce, FormattableString.Invariant($"result {i}"));
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void InputsWithoutColumnsGiveTheBias(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor y = nn.functional.linear(zeros([2, 3, 0], type), zeros([5, 0], type), Fixture.Grid(5).to(type));
        Assert.Equal(Fixture.Grid(5).to(type).expand(2, 3, 5).Values(), y.Values());
    }

    [Fact]
    public void AutocastMultipliesInBFloat16()
    {
        using var scope = NewDisposeScope();
        Tensor x = Fixture.Grid(80, Width).@float(), w = Fixture.Grid(Width, Width).@float().requires_grad_(), b = Fixture.Grid(Width).@float().requires_grad_();
        Tensor y, again;
        using (TorchSharp.Engine.Autocast())
            (y, again) = (nn.functional.linear(x, w, b), nn.functional.linear(x, w, b));
        Assert.Equal(ScalarType.BFloat16, y.dtype);
        Assert.Equal(y.Values(), again.Values());
        Assert.Equal(y.Values(), nn.functional.linear(x.bfloat16(), w.detach().bfloat16(), b.detach().bfloat16()).Values());
        (y.@float() + again.@float()).sum().backward();
        Assert.Equal(ScalarType.Float32, w.grad!.dtype);
        Assert.Equal(ScalarType.Float32, b.grad!.dtype);
        // Of both uses, 80 rows each.
        Fixture.Close((x.bfloat16().@double().sum(0, keepdim: true) * 2).expand(Width, Width).Values(), w.grad!.Values(), 2 * Fixture.RoundedOnce, "weight");
        Assert.Equal(Enumerable.Repeat(160.0, (int)Width), b.grad!.Values());
    }

    private static double[][] Run(Shape shape, bool hasBias, ScalarType type, ScalarType? numbers = null)
    {
        Tensor x = shape switch
        {
            Shape.Batches => Fixture.Grid(4, 20, Width),
            Shape.Transposed => Fixture.Grid(Width, 80).t(),
            _ => Fixture.Grid(80, Width),
        };
        return Run(x, Width, hasBias, type, numbers);
    }

    private static double[][] Run(Tensor input, long outputs, bool hasBias, ScalarType type, ScalarType? numbers)
    {
        Tensor Of(Tensor grid) => grid.to(numbers ?? type).to(type);
        Tensor x = Of(input).requires_grad_(), w = Of(Fixture.Grid(outputs, input.shape[^1]).cos()).requires_grad_(), b = Of(Fixture.Grid(outputs)).requires_grad_();
        Tensor y = nn.functional.linear(x, w, hasBias ? b : null);
        (y * Of(Fixture.Grid(y.shape).cos())).sum().backward();
        return [y.Values(), x.grad!.Values(), w.grad!.Values(), .. hasBias ? new[] { b.grad!.Values() } : []];
    }
}
