using Replications.Torch.Tests.Fixtures;
using Replications.Torch.Tests.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>The masked layer beside weight * mask, for degrees in any order, in order, and for a mask of truth values.</summary>
public sealed class MaskedLinearTests
{
    private const long Inputs = 37;
    private const long Outputs = 70;

    public enum Form
    {
        AnyOrder,
        InOrder,
        TruthValues,
        NothingKept,
    }

    [Theory]
    [InlineData(Form.AnyOrder)]
    [InlineData(Form.InOrder)]
    [InlineData(Form.TruthValues)]
    [InlineData(Form.NothingKept)]
    public void ValuesAndGradientsAreThoseOfTheProduct(Form form)
    {
        using var scope = NewDisposeScope();
        (Tensor mask, Tensor kept) = Mask(form, Outputs, Inputs);
        Tensor weight = Fixture.Grid(Outputs, Inputs).requires_grad_(), bias = Fixture.Grid(Outputs).requires_grad_();
        Tensor x = Fixture.Grid(5, Inputs).cos().requires_grad_();
        Tensor expected = nn.functional.linear(x, weight * kept, bias);
        Tensor actual = FusedOperators.MaskedLinear(x, weight, mask, bias);
        Fixture.Close(expected.Values(), actual.Values(), 1e-12, "output");
        Tensor direction = expected.detach().sin();
        IList<Tensor> wanted = autograd.grad([(expected * direction).sum()], [x, weight, bias]);
        IList<Tensor> found = autograd.grad([(actual * direction).sum()], [x, weight, bias]);
        for (int i = 0; i < wanted.Count; i++)
            Fixture.Close(wanted[i].Values(), found[i].Values(), 1e-12, FormattableString.Invariant($"gradient {i}"));
    }

    [Theory]
    [InlineData(Form.AnyOrder)]
    [InlineData(Form.InOrder)]
    public void GradientsAgreeWithFiniteDifferences(Form form)
    {
        using Tensor mask = Mask(form, 5, 4).Mask;
        GradientCheck.Verify(new GradientRow("masked linear", x => FusedOperators.MaskedLinear(x[0], x[1], mask, x[2]), Input.Any(3, 4), Input.Any(5, 4), Input.Any(5)));
    }

    [Fact]
    public void SecondDerivativesExist()
    {
        using var scope = NewDisposeScope();
        (Tensor mask, Tensor kept) = Mask(Form.AnyOrder, 6, 4);
        Tensor weight = Fixture.Grid(6, 4).requires_grad_(), x = Fixture.Grid(3, 4).cos().requires_grad_();
        Tensor Second(Tensor y)
        {
            Tensor first = autograd.grad([y.square().sum()], [x], create_graph: true)[0];
            return autograd.grad([first.square().sum()], [weight])[0];
        }

        double[] expected = Second(nn.functional.linear(x, weight * kept)).Values();
        Fixture.Close(expected, Second(FusedOperators.MaskedLinear(x, weight, mask)).Values(), 1e-12, "second derivative");
    }

    [Fact]
    public void AKeptWeightIsUsedAsItIs()
    {
        using var scope = NewDisposeScope();
        (Tensor mask, Tensor kept) = Mask(Form.InOrder, Outputs, Inputs);
        Tensor weight = Fixture.Grid(Outputs, Inputs), x = Fixture.Grid(5, Inputs).cos();
        double[] expected = nn.functional.linear(x, weight * kept).Values();
        FusedOperators.ApplyMask(weight, mask);
        Fixture.Close(expected, FusedOperators.MaskedLinear(x, weight, mask, null, weight).Values(), 1e-12, "output");
    }

    [Theory]
    [InlineData(Form.AnyOrder)]
    [InlineData(Form.InOrder)]
    public void AutocastMultipliesInBFloat16(Form form)
    {
        // bfloat16 has 8 bits: where sums are rounded too, each of 37 products errs by 2^-9 of itself at most.
        double tolerance = Math.Min(0.02, Fixture.RoundedOnce);
        // Numbers of bfloat16, so that products alone are rounded.
        static Tensor Half(Tensor grid) => grid.bfloat16().@float();
        using var scope = NewDisposeScope();
        (Tensor mask, Tensor kept) = Mask(form, Outputs, Inputs);
        Tensor weight = Half(Fixture.Grid(Outputs, Inputs)).requires_grad_(), bias = Half(Fixture.Grid(Outputs)).requires_grad_();
        Tensor x = Half(Fixture.Grid(5, Inputs).cos()).requires_grad_(), direction = Half(Fixture.Grid(5, Outputs).cos());
        Tensor expected = nn.functional.linear(x.@double(), weight.@double() * kept, bias.@double());
        Tensor actual;
        using (TorchSharp.Engine.Autocast())
            actual = FusedOperators.MaskedLinear(x, weight, mask, bias);
        Assert.Equal(ScalarType.BFloat16, actual.dtype);
        Fixture.Close(expected.Values(), actual.Values(), tolerance, "output");
        IList<Tensor> wanted = autograd.grad([(expected * direction).sum()], [x, weight, bias]);
        IList<Tensor> found = autograd.grad([(actual.@float() * direction).sum()], [x, weight, bias]);
        for (int i = 0; i < wanted.Count; i++)
        {
            Assert.Equal(ScalarType.Float32, found[i].dtype);
            Fixture.Close(wanted[i].Values(), found[i].Values(), Fixture.RoundedOnce, FormattableString.Invariant($"gradient {i}"));
        }

        // Products of bfloat16 numbers are exact in float32: the weight's gradient, which is float32, is rounded by sums of five alone.
        Fixture.Close(wanted[1].Values(), found[1].Values(), Fixture.HasFloat32Sums ? 1e-6 : tolerance, "the weight's gradient");
        Assert.Equal(0, found[1].masked_select(kept.logical_not()).abs().sum().ToDouble());
    }

    [Fact]
    public void WrongMasksAreRefused()
    {
        using var scope = NewDisposeScope();
        Tensor weight = zeros(4, 3), x = zeros(2, 3);
        Assert.ThrowsAny<Exception>(() => FusedOperators.MaskedLinear(x, weight, zeros(6, dtype: ScalarType.Int32)));
        Assert.ThrowsAny<Exception>(() => FusedOperators.MaskedLinear(x, weight, zeros(7)));
        Assert.ThrowsAny<Exception>(() => FusedOperators.MaskedLinear(zeros(2, 4), weight, zeros(7, dtype: ScalarType.Int32)));
    }

    [Fact]
    public void AnEmptyMaskKeepsEverything()
    {
        using var scope = NewDisposeScope();
        Tensor mask = zeros(0, dtype: ScalarType.Int32);
        Tensor weight = Fixture.Grid(6, 4).requires_grad_(), x = Fixture.Grid(3, 4).cos().requires_grad_();
        Tensor expected = nn.functional.linear(x, weight), actual = FusedOperators.MaskedLinear(x, weight, mask);
        Fixture.Close(expected.Values(), actual.Values(), 1e-12, "output");
        foreach (bool again in (bool[])[false, true])
        {
            IList<Tensor> wanted = autograd.grad([expected.square().sum()], [x, weight], retain_graph: true, create_graph: again);
            IList<Tensor> found = autograd.grad([actual.square().sum()], [x, weight], retain_graph: true, create_graph: again);
            for (int i = 0; i < wanted.Count; i++)
                Fixture.Close(wanted[i].Values(), found[i].Values(), 1e-12, FormattableString.Invariant($"gradient {i}"));
        }

        Assert.Equal(weight.Values(), FusedOperators.ApplyMask(weight.detach().clone(), mask).Values());
    }

    [Fact]
    public void AWeightWithoutColumnsGivesTheBias()
    {
        using var scope = NewDisposeScope();
        Tensor degrees = zeros(5, dtype: ScalarType.Int32), bias = Fixture.Grid(5).requires_grad_();
        Tensor x = zeros([2, 0], ScalarType.Float64).requires_grad_(), weight = zeros([5, 0], ScalarType.Float64).requires_grad_();
        Tensor y = FusedOperators.MaskedLinear(x, weight, degrees, bias);
        Assert.Equal([.. bias.Values(), .. bias.Values()], y.Values());
        y.sum().backward();
        Assert.Equal([2.0, 2, 2, 2, 2], bias.grad!.Values());
        Assert.Equal([5L, 0], weight.grad!.shape);
        Assert.Equal([5L, 0], FusedOperators.ApplyMask(weight.detach(), degrees).shape);
    }

    [Fact]
    public void WhatDoesNotFitTheWeightIsRefused()
    {
        using var scope = NewDisposeScope();
        Tensor weight = zeros(4, 3), x = zeros(2, 3), degrees = zeros(7, dtype: ScalarType.Int32);
        Refused("must be [out, in]", () => FusedOperators.ApplyMask(zeros(2, 4, 3), zeros([2, 4, 3], ScalarType.Bool)));
        Refused("kept must have the weight's shape", () => FusedOperators.MaskedLinear(x, weight, degrees, null, zeros(4, 2)));
        Refused("one device", () => FusedOperators.MaskedLinear(x, zeros([4, 3], device: META), degrees));
        Refused("one device", () => FusedOperators.MaskedLinear(x, weight, degrees, zeros([4], device: META)));
        Refused("one device", () => FusedOperators.ApplyMask(weight, zeros([7], ScalarType.Int32, META)));

        static void Refused(string why, Func<object> call) => Assert.Contains(why, Assert.ThrowsAny<Exception>(call).Message, StringComparison.Ordinal);
    }

    private static (Tensor Mask, Tensor Kept) Mask(Form form, long outputs, long inputs)
    {
        var random = new System.Random(5);
        int[] rows = [.. Enumerable.Range(0, (int)outputs).Select(_ => form == Form.NothingKept ? 0 : random.Next(0, (int)inputs + 2))];
        int[] columns = [.. Enumerable.Range(1, (int)inputs)];
        if (form == Form.InOrder)
            Array.Sort(rows);
        else
            random.Shuffle(columns);
        Tensor kept = tensor(rows).unsqueeze(1) >= tensor(columns);
        return (form == Form.TruthValues ? kept : tensor((int[])[.. rows, .. columns]), kept);
    }
}
