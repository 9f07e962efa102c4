using Replications.Torch.Tests.Fixtures;
using Replications.Torch.Tests.Fused.Stacks;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>Derivatives that are differentiated again, beside those in float64, which operators with kernels leave to libtorch's own.</summary>
public sealed class SecondDerivativeTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void AStreamMayBeGivenTwice()
    {
        using var scope = NewDisposeScope();
        AssertSameInFloat64(type =>
        {
            GatedLayers layers = Stack(type);
            Tensor x = layers.Streams[0];
            return ((layers with { Streams = [x, x] }).Fused(), [x, layers.Layers[0], layers.Bias]);
        });
    }

    [Fact]
    public void AnInputMayBeMadeOfAnother()
    {
        using var scope = NewDisposeScope();
        AssertSameInFloat64(type =>
        {
            Resnet resnet = Resnet.Random(type);
            Tensor a = resnet.Auxiliary;
            return ((resnet with { X = 2 * a }).Fused(), [a, resnet.V1, resnet.Va, resnet.G2]);
        });
    }

    [Fact]
    public void AnInputMayBeFrozen()
    {
        using var scope = NewDisposeScope();
        AssertSameInFloat64(type =>
        {
            GatedLayers layers = Stack(type);
            layers.Bias.requires_grad_(false);
            return (layers.Fused(), [layers.Streams[1], layers.Layers[0]]);
        });
        AssertSameInFloat64(type =>
        {
            Resnet resnet = Resnet.Random(type);
            resnet.B1.requires_grad_(false);
            return (resnet.Fused(), [resnet.X, resnet.V2]);
        });
    }

    /// <summary>A pass in float32 has a derivative in float32, wherever that is asked for.</summary>
    [Fact]
    public void DerivativesOfWhatWasNotCastAreNotCast()
    {
        using var scope = NewDisposeScope();
        Resnet resnet = Resnet.Random(ScalarType.Float32);
        AssertNotCast(resnet.Fused(), [resnet.X, resnet.V1]);
        Tensor x = Fixture.Grid(5, 4).@float().requires_grad_(), weight = Fixture.Grid(6, 4).cos().@float().requires_grad_();
        AssertNotCast(FusedOperators.MaskedLinear(x, weight, tensor((int[])[1, 2, 2, 3, 4, 4, 1, 2, 3, 4])), [x, weight]);

        static void AssertNotCast(Tensor y, Tensor[] inputs)
        {
            Tensor loss = (y * y).sum();
            IList<Tensor> outside = autograd.grad([loss], inputs, create_graph: true), inside;
            using (TorchSharp.Engine.Autocast())
                inside = autograd.grad([loss], inputs, create_graph: true);
            for (int i = 0; i < inputs.Length; i++)
                Assert.InRange(Fixture.Error(outside[i].Values(), inside[i].Values()), 0, 1e-6);
        }
    }

    private static GatedLayers Stack(ScalarType type)
    {
        manual_seed(1);
        return GatedLayers.Random(16, 3, 3, 2, 1, type);
    }

    /// <summary>First and second derivatives.</summary>
    /// <param name="pass">A result, and the inputs by which it is differentiated.</param>
    private static void AssertSameInFloat64(Func<ScalarType, (Tensor Result, Tensor[] Inputs)> pass)
    {
        double[][] wide = Derivatives(ScalarType.Float64), narrow = Derivatives(ScalarType.Float32);
        for (int i = 0; i < wide.Length; i++)
        {
            double error = Fixture.Error(wide[i], narrow[i]);
            Assert.True(error <= Tolerance, FormattableString.Invariant($"derivative {i}: {error}"));
        }

        double[][] Derivatives(ScalarType type)
        {
            (Tensor result, Tensor[] inputs) = pass(type);
            IList<Tensor> first = autograd.grad([result.square().sum()], inputs, create_graph: true);
            IList<Tensor> second = autograd.grad([stack([.. first.Select(g => g.square().sum())]).sum()], inputs);
            return [.. first.Concat(second).Select(g => g.Values())];
        }
    }

    /// <summary>A gated resnet of 8 features and 8 beside them.</summary>
    private sealed record Resnet(Tensor X, Tensor Auxiliary, Tensor V1, Tensor G1, Tensor B1, Tensor Va, Tensor Ga, Tensor V2, Tensor G2, Tensor B2)
    {
        public static Resnet Random(ScalarType type)
        {
            manual_seed(1);
            Tensor Leaf(params long[] shape) => (randn(shape, ScalarType.Float64) / 2).to(type).requires_grad_();
            return new(
                Leaf(3, 8, 3, 3), Leaf(3, 8, 3, 3), Leaf(8, 16, 2, 2), Leaf(8), Leaf(8), Leaf(8, 16, 1, 1), Leaf(8), Leaf(16, 16, 2, 2), Leaf(16), Leaf(16));
        }

        public Tensor Fused() => FusedOperators.GatedResnet(X, [Auxiliary], (V1, G1), B1, (Va, Ga), (V2, G2), B2, null, 0);
    }
}
