using Replications.Torch.Tests.Fixtures;
using Replications.Torch.Tests.Fused.Stacks;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>What a pass keeps has the type of its kernels, in which alone the way back can read it.</summary>
public sealed class KernelChoiceTests
{
    [Fact]
    public void KernelsOfAnotherTypeAreRefusedOnTheWayBack()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Assert.All((Func<Tensor>[])[
            ResidualLayers.Random(16, 5, 7, 2, 1, ScalarType.Float32).Fused, GatedLayers.Random(16, 5, 7, 2, 1, ScalarType.Float32).Fused, Resnet,
        ], Refused);
    }

    private static void Refused(Func<Tensor> pass)
    {
        Tensor y;
        using (new Kernels(new(Pairs: true)))
        {
            using (TorchSharp.Engine.Autocast())
                y = pass();
        }

        // Without products of pairs both are of one type.
        using Kernels other = new(new(Pairs: false));
        if (Fixture.HasInstructions("avx512_bf16"))
            Assert.Contains("kernels of another type", Assert.ThrowsAny<Exception>(() => y.sum().backward()).Message, StringComparison.Ordinal);
        else
            y.sum().backward();
    }

    private static Tensor Resnet() => FusedOperators.GatedResnet(
        rand(2, 8, 3, 3).requires_grad_(), [], (rand(8, 16, 2, 2), ones(8)), zeros(8), null, (rand(16, 16, 2, 2), ones(16)), zeros(16), null, 0);
}
