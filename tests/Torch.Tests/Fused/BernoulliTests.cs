using Replications.Torch.Tests.Fixtures;
using Replications.Torch.Tests.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The Bernoulli likelihood beside libtorch's cross-entropy.</summary>
public sealed class BernoulliTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-6)]
    public void ValuesAndGradientsAreThoseOfCrossEntropy(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        // Far logits too, where exp underflows.
        Tensor logits = (Fixture.Grid(4, 3, 50) * 12).tan().clamp(-200, 200).to(type).requires_grad_();
        Tensor targets = Fixture.Grid(4, 3, 50).square().to(type);
        Tensor expected = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.None).reshape(4, -1).sum(1);
        Tensor actual = FusedOperators.BernoulliNll(logits, targets);
        Fixture.Close(expected.Values(), actual.Values(), tolerance, "likelihood");
        Tensor direction = expected.detach().sin();
        double[] wanted = autograd.grad([(expected * direction).sum()], [logits])[0].Values();
        Fixture.Close(wanted, autograd.grad([(actual * direction).sum()], [logits])[0].Values(), tolerance, "gradient");
    }

    [Fact]
    public void GradientsAgreeWithFiniteDifferences() =>
        GradientCheck.Verify(new GradientRow("bernoulli nll", x => FusedOperators.BernoulliNll(x[0], x[1]), Input.Any(3, 5), Input.Unit(3, 5)));

    [Fact]
    public void SecondDerivativesExist()
    {
        using var scope = NewDisposeScope();
        Tensor logits = Fixture.Grid(2, 5).requires_grad_(), targets = Fixture.Grid(2, 5).square();
        Tensor first = autograd.grad([FusedOperators.BernoulliNll(logits, targets).sum()], [logits], create_graph: true)[0];
        double[] second = autograd.grad([first.sum()], [logits])[0].Values();
        Tensor p = logits.sigmoid();
        Fixture.Close((p * (1 - p)).Values(), second, 1e-12, "second derivative");
    }

    [Fact]
    public void BFloat16LogitsAreSummedInFloat32()
    {
        using var scope = NewDisposeScope();
        Tensor logits = Fixture.Grid(2, 3000).bfloat16(), targets = (Fixture.Grid(2, 3000) > 0).@float();
        Tensor nll = FusedOperators.BernoulliNll(logits, targets);
        Assert.Equal(ScalarType.Float32, nll.dtype);
        Tensor expected = FusedOperators.BernoulliNll(logits.@double(), targets.@double());
        Fixture.Close(expected.Values(), nll.Values(), 1e-6, "likelihood");
    }

    [Fact]
    public void NotANumberStaysOne()
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor(new[,] { { 1f, float.NaN }, { 0f, 0f } });
        float[] nll = FusedOperators.BernoulliNll(logits, zeros(2, 2)).data<float>().ToArray();
        Assert.True(float.IsNaN(nll[0]));
        Assert.Equal(2 * MathF.Log(2), nll[1], 1e-6f);
    }

    /// <summary>The second device has no kernel: its way is that of operators.</summary>
    [Fact]
    public void NoExamplesGiveNoNumbers()
    {
        using var scope = NewDisposeScope();
        foreach (Device device in (Device[])[CPU, META])
            Assert.Equal([0L], FusedOperators.BernoulliNll(zeros([0, 3], device: device), zeros([0, 3], device: device)).shape);
    }

    [Fact]
    public void DevicesMustAgree()
    {
        using var scope = NewDisposeScope();
        string message = Assert.ThrowsAny<Exception>(() => FusedOperators.BernoulliNll(zeros(2, 3), zeros([2, 3], device: META))).Message;
        Assert.Contains("one device", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShapesMustAgree()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => FusedOperators.BernoulliNll(zeros(2, 3), zeros(2, 1)));
    }
}
