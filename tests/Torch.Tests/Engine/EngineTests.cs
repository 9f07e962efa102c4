using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Extras;

public class EngineTests
{
    [Fact]
    public void VersionAndInstructionSetAreKnown()
    {
        Assert.Matches(@"^\d+\.\d+", TorchSharp.Engine.Version);
        Assert.Contains("PyTorch built with", TorchSharp.Engine.Configuration, StringComparison.Ordinal);
        Assert.NotEqual("unknown", TorchSharp.Engine.CpuCapability);
    }

    [Fact]
    public void AutocastMultipliesInTheSmallerTypeAndEnds()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = rand(4, 4, requires_grad: true);
        using (TorchSharp.Engine.Autocast())
        {
            Tensor product = a.matmul(a);
            Assert.Equal(ScalarType.BFloat16, product.dtype);
            product.sum().backward();
        }

        Assert.Equal(ScalarType.Float32, a.grad!.dtype);
        Assert.Equal(ScalarType.Float32, a.matmul(a).dtype);
    }

    /// <summary>A step may make several updates, each followed by a pass with the new weights.</summary>
    [Fact]
    public void AutocastForgetsWeightsAsTheyWere()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = ones(4, 4, requires_grad: true), x = ones(1, 4);
        using (TorchSharp.Engine.Autocast())
        {
            using (no_grad())
                Assert.Equal(4, x.matmul(weight)[0, 0].ToDouble());
            using (no_grad())
                weight.fill_(2);
            Tensor product = x.matmul(weight);
            Assert.Equal(8, product[0, 0].ToDouble());
            product.sum().backward();
        }

        Assert.Equal(1, weight.grad![0, 0].ToDouble());
    }

    [Fact]
    public void ChannelsLastChangesTheLayoutAndNotTheValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pictures = rand(2, 3, 4, 5);
        Tensor moved = TorchSharp.Engine.ChannelsLast(pictures);
        Assert.True(TorchSharp.Engine.IsChannelsLast(moved));
        Assert.False(moved.is_contiguous());
        Assert.Equal([60, 1, 15, 3], moved.stride());
        Assert.True(moved.Equals(pictures));
        Assert.Equal(pictures.data<float>().ToArray(), moved.data<float>().ToArray());
        Assert.True(TorchSharp.Engine.Contiguous(moved).is_contiguous());
    }

    [Fact]
    public void TheDeterministicSwitchIsKept()
    {
        bool before = TorchSharp.Engine.Deterministic;
        TorchSharp.Engine.Deterministic = true;
        Assert.True(TorchSharp.Engine.Deterministic);
        TorchSharp.Engine.Deterministic = before;
    }

    [Fact]
    public void AnUnknownOperatorIsNamed()
    {
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => new Operator("no_such_thing").CallVoid());
        Assert.Contains("this libtorch has no operator aten::no_such_thing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        var missing = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Aten.cumsum.Call((Argument)zeros(2)));
        Assert.Contains("aten::cumsum: argument 'dim' is missing", missing.Message, StringComparison.Ordinal);
        var many = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Aten.relu.Call(zeros(2), 1, 2));
        Assert.Contains("aten::relu takes 1 arguments, not 3", many.Message, StringComparison.Ordinal);
    }
}
