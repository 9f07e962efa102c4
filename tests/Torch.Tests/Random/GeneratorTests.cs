using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Random;

public class GeneratorTests
{
    [Fact]
    public void AStateTakenBackGivesTheSameNumbersAgain()
    {
        using DisposeScope scope = NewDisposeScope();
        using var own = new Generator(42);
        rand(7, generator: own);
        randn(3, generator: own);
        Tensor state = own.get_state();
        float[] first = randn(33, generator: own).data<float>().ToArray();
        own.set_state(state);
        Assert.Equal(first, randn(33, generator: own).data<float>().ToArray());
        using var other = new Generator(1);
        other.set_state(state);
        Assert.Equal(first, randn(33, generator: other).data<float>().ToArray());
    }

    [Fact]
    public void TheDefaultGeneratorHasAStateToo()
    {
        using DisposeScope scope = NewDisposeScope();
        torch.random.manual_seed(5);
        Assert.Equal(5, torch.random.initial_seed());
        Tensor state = torch.random.get_rng_state();
        float[] first = rand(9).data<float>().ToArray();
        torch.random.set_rng_state(state);
        Assert.Equal(first, rand(9).data<float>().ToArray());
    }

    [Fact]
    public void AForeignStateIsRefusedInLibtorchsWords()
    {
        using DisposeScope scope = NewDisposeScope();
        using var own = new Generator(42);
        var error = Assert.Throws<ExternalException>(() => own.set_state(zeros(3, uint8)));
        // The first are the words of 1.13, the second those of 2.14.
        Assert.Matches("Expected (either a CPUGeneratorImplStateLegacy|a CPUGeneratorImplState of size)", error.Message);
    }

    [Fact]
    public void ADisposedGeneratorIsRefused()
    {
        var own = new Generator(1);
        own.Dispose();
        Assert.Throws<InvalidOperationException>(() => rand(2, generator: own));
    }

    [Fact]
    public void SeedsBeyondTheSignedRangeSurvive()
    {
        using var own = new Generator(0xFFFF_FFFF_0000_0001);
        Assert.Equal(unchecked((long)0xFFFF_FFFF_0000_0001), own.initial_seed());
    }
}
