using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>Sampling and annealing kernels beside the same by libtorch's own operators.</summary>
public sealed class SamplingTests
{
    [Theory]
    [InlineData(3, 8)]
    [InlineData(5, 7)]
    [InlineData(2, 1001)]
    public void TheKernelDrawsWhatTheOperatorsOfEveryDeviceDraw(int rows, int units)
    {
        using var scope = NewDisposeScope();
        Tensor logits = randn(rows, units, dtype: ScalarType.Float64), bias = randn(units, dtype: ScalarType.Float64);
        Tensor one = tensor([77L, 5L]), other = tensor([77L, 5L]);
        Tensor fast = FusedOperators.LogisticBernoulli_(logits.clone(), one, 1.5, bias);
        // A transposed tensor takes the way of the devices that have no kernel.
        Tensor slow = FusedOperators.LogisticBernoulli_(logits.t().contiguous().t(), other, 1.5, bias);
        Assert.Equal(fast.Values(), slow.contiguous().Values());
        Assert.Equal(one.data<long>().ToArray(), other.data<long>().ToArray());
        Assert.Equal(5 + (rows * ((units + 1) / 2)), one[1].ToInt64());
        Tensor single = tensor([77L, 5L]);
        Assert.Equal(fast.Values(), FusedOperators.LogisticBernoulli_(logits.@float(), single, 1.5, bias.@float()).Values());
    }

    /// <summary>Of some 200,000 units that are on for certain none is off, as one in 512 would be if the uniform numbers had no more digits than the logits.</summary>
    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void LogitsOfFewDigitsAreDrawnWithAsManyAsOthers(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor certain = FusedOperators.LogisticBernoulli_(full(200, 1001, 20f).to(type), tensor([77L, 5L]));
        Assert.Equal(200 * 1001, certain.@double().sum().ToDouble());
        Tensor logits = randn(50, 1001).to(type), p = empty_like(logits), wide = logits.@float(), exact = empty_like(wide);
        Tensor drawn = FusedOperators.LogisticBernoulli_(logits, tensor([77L, 5L]), 1, null, p);
        Assert.Equal(FusedOperators.LogisticBernoulli_(wide, tensor([77L, 5L]), 1, null, exact).Values(), drawn.@float().Values());
        Fixture.Close(exact.Values(), p.@float().Values(), 4e-3, "probabilities");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 0.30001)]
    [InlineData(0.9, 0.2)]
    [InlineData(1, 1)]
    public void DifferencesOfSoftplusKeepTheirDigits(double from, double to)
    {
        using var scope = NewDisposeScope();
        Tensor x = (randn(6, 53, dtype: ScalarType.Float64) * 8).@float(), bias = randn(53);
        Tensor wide = x.@double() + bias.@double(), zero = zeros(1, dtype: ScalarType.Float64);
        double[] expected = ((wide * to).logaddexp(zero) - (wide * from).logaddexp(zero)).sum(1).Values();
        double scale = Math.Abs(to - from) * wide.abs().sum(1).max().ToDouble();
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            Tensor actual = FusedOperators.SoftplusDifference(x.to(type), from, to, bias.to(type));
            Assert.Equal(ScalarType.Float64, actual.dtype);
            double[] values = actual.Values();
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(expected[i], values[i], (2e-6 * scale) + 1e-12);
        }
    }

    [Fact]
    public void FarNumbersAndNaN()
    {
        using var scope = NewDisposeScope();
        double[] values = FusedOperators.SoftplusDifference(tensor(new[,] { { 1e6f, -1e6f }, { float.NaN, 0f } }), 0.5, 1).Values();
        Assert.Equal(5e5, values[0], 1);
        Assert.True(double.IsNaN(values[1]));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void WhatIsImpossibleHasNoProbabilityAtAll(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor((float[])[float.NegativeInfinity, -86, 0, float.PositiveInfinity]).to(type), p = empty_like(logits);
        FusedOperators.LogisticBernoulli_(logits, tensor([77L, 5L]), 1, null, p);
        double[] values = p.Values();
        Assert.Equal(0, values[0]);
        Assert.InRange(values[1], 1e-38, 1e-37);
        Assert.Equal([0.5, 1], values[2..]);
    }

    [Fact]
    public void DrawsHaveNoDerivative()
    {
        using var scope = NewDisposeScope();
        Tensor logits = zeros(2, 3).requires_grad_(), generator = tensor([77L, 5L]);
        string message = Assert.ThrowsAny<Exception>(() => FusedOperators.LogisticBernoulli_(logits, generator)).Message;
        Assert.Contains("no derivative", message, StringComparison.Ordinal);
        Assert.Equal(new double[6], logits.Values());
        using IDisposable still = no_grad();
        Tensor drawn = FusedOperators.LogisticBernoulli_(logits, generator);
        Assert.All(drawn.Values(), v => Assert.True(v is 0 or 1));
    }

    /// <summary>A derivative by what was there before would be taken at what is there now.</summary>
    [Fact]
    public void AGraphThatKeptWhatIsOverwrittenIsRefused()
    {
        using var scope = NewDisposeScope();
        Tensor logits = randn(2, 3), p = zeros(2, 3), weight = ones(2, 3).requires_grad_();
        Tensor ofLogits = (weight * logits).sum(), ofProbabilities = (weight * p).sum();
        FusedOperators.LogisticBernoulli_(logits, tensor([77L, 5L]), 1, null, p);
        foreach (Tensor sum in (Tensor[])[ofLogits, ofProbabilities])
            Assert.Contains("modified by an inplace operation", Assert.ThrowsAny<Exception>(() => sum.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoRowsTakeNoNumbers()
    {
        using var scope = NewDisposeScope();
        Tensor generator = tensor([77L, 5L]);
        Assert.Equal([0L, 3], FusedOperators.LogisticBernoulli_(zeros([0, 3]), generator).shape);
        Assert.Equal([77L, 5], generator.data<long>().ToArray());
    }

    [Fact]
    public void DevicesMustAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3), generator = tensor([77L, 5L]);
        Refused(() => FusedOperators.LogisticBernoulli_(x, generator, 1, zeros([3], device: META)));
        Refused(() => FusedOperators.LogisticBernoulli_(x, generator, 1, null, zeros([2, 3], device: META)));
        Refused(() => FusedOperators.SoftplusDifference(x, 0, 1, zeros([3], device: META)));

        static void Refused(Func<object> call) => Assert.Contains("one device", Assert.ThrowsAny<Exception>(call).Message, StringComparison.Ordinal);
    }
}
