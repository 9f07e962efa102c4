using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>Sums of the rows whose unit is on, beside a dense product. Small whole numbers have exact sums in any order.</summary>
public sealed class SparseLinearTests
{
    [Theory]
    [InlineData(100, 784, 500, 0.15)] // an RBM on digits
    [InlineData(300, 500, 784, 0.2)] // more examples than are listed at once
    [InlineData(40, 201, 65, 0.1)] // blocks and strips that do not come out even
    [InlineData(300, 33, 32, 0.25)]
    [InlineData(9, 1000, 33, 0.0)]
    [InlineData(100, 300, 40, 0.6)] // dense
    [InlineData(3, 7, 40, 0.2)] // too small to pay
    [InlineData(100, 400, 31, 0.2)] // no strip
    public void SumsAreThoseOfADenseProduct(int examples, int inner, int columns, double share)
    {
        using var scope = NewDisposeScope();
        Tensor states = (rand(examples, inner) < share).@float(), rows = randint(-50, 50, [inner, columns]).@float(), bias = randint(-50, 50, [columns]).@float();
        foreach (Tensor x in new[] { states, states * randint(-3, 3, [examples, inner]) })
        {
            Assert.Equal(x.matmul(rows).Values(), Product(x, rows).Values());
            Assert.Equal((x.matmul(rows) + bias).Values(), Product(x, rows, bias).Values());
            Tensor turned = rows.t().contiguous().t();
            Assert.Equal((x.matmul(rows) + bias).Values(), Product(x, turned, bias).Values());
            Assert.Equal((x.matmul(rows) + bias).Values(), Product(x.t().contiguous().t(), rows, bias).Values());
            Assert.Equal((x.matmul(rows) + bias).Values(), Product(x.@double(), rows.@double(), bias.@double()).Values());
        }
    }

    [Fact]
    public void WhatIsNotANumberIsSeenAndMinusZeroIsZero()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(100, 784), rows = ones(784, 64);
        x[3, 780] = float.NaN;
        x[4, 5] = -0f;
        x[5, 6] = 1;
        rows[5] = float.PositiveInfinity;
        double[] sums = Product(x, rows).sum(1).Values();
        Assert.True(double.IsNaN(sums[3]));
        Assert.Equal([0, 64], sums[4..6]);
    }

    [Fact]
    public void ThreadsMakeNoDifference()
    {
        using var scope = NewDisposeScope();
        Tensor x = (rand(100, 784) < 0.2).@float(), rows = randn(784, 500), bias = randn(500);
        double[] By(int count)
        {
            using Threads threads = new(count);
            return Product(x, rows, bias).Values();
        }

        Assert.Equal(By(1), By(2));
    }

    [Fact]
    public void ShapesAndTypesThatDoNotFitAreNamed()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3), rows = zeros(3, 40), packed = FusedOperators.PackRows(rows);
        Assert.Contains("x [N, inner]", Assert.ThrowsAny<Exception>(() => FusedOperators.SparseLinear(zeros(2, 4), rows, packed)).Message, StringComparison.Ordinal);
        Assert.Contains("one bias for each column", Assert.ThrowsAny<Exception>(() => FusedOperators.SparseLinear(x, rows, packed, zeros(39))).Message, StringComparison.Ordinal);
        Assert.Contains("one type", Assert.ThrowsAny<Exception>(() => FusedOperators.SparseLinear(x.@double(), rows, packed)).Message, StringComparison.Ordinal);
        Assert.Contains("pack_rows of the rows", Assert.ThrowsAny<Exception>(() => FusedOperators.SparseLinear(x, rows, zeros(1, 3, 32))).Message, StringComparison.Ordinal);
        // Fewer columns than a strip has: there is no such packing.
        Assert.Contains("pack_rows of the rows", Assert.ThrowsAny<Exception>(() => FusedOperators.SparseLinear(zeros(100, 400), zeros(400, 31), zeros(1, 400, 32))).Message, StringComparison.Ordinal);
        Assert.Contains("pack_rows", Assert.ThrowsAny<Exception>(() => FusedOperators.PackRows(zeros(3))).Message, StringComparison.Ordinal);
    }

    private static Tensor Product(Tensor x, Tensor rows, Tensor? bias = null) => FusedOperators.SparseLinear(x, rows, FusedOperators.PackRows(rows), bias);
}
