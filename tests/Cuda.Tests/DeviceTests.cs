using Replications.Properties.Tests.Registered;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Cuda.Tests;

/// <summary>What a GPU refuses, this one refuses: without that the other tests here would prove nothing.</summary>
public class DeviceTests
{
    private static Tensor Ones(params long[] shape) => ones(shape, device: TestDevice.Device);

    [Fact]
    public void There_is_a_GPU()
    {
        Assert.Equal(DeviceType.CUDA, TestDevice.Device.type);
        Assert.True(Ones(2).is_cuda);
    }

    [Fact]
    public void Tensors_of_two_devices_do_not_mix()
    {
        using IDisposable scope = NewDisposeScope();
        Refused("same device", () => Ones(2, 3) + ones(2, 3));
        Refused("same device", () => Ones(2, 3).mm(ones(3, 2)));
        Refused("same device", () => cat([Ones(2, 3), ones(2, 3)]));
        Refused("same device", () => where(ones(2) > 0, Ones(2), Ones(2)));
        Assert.Equal(3, (Ones(2) + tensor(2f)).max().item<float>());
    }

    [Fact]
    public void Its_generators_are_not_the_CPUs()
    {
        using IDisposable scope = NewDisposeScope();
        using var ofTheCpu = new Generator(1);
        using var ofTheDevice = new Generator(1, TestDevice.Device);
        Refused("generator", () => rand(2, device: TestDevice.Device, generator: ofTheCpu));
        Tensor state = ofTheDevice.get_state();
        Tensor drawn = rand(2, device: TestDevice.Device, generator: ofTheDevice);
        ofTheDevice.set_state(state);
        Assert.True(drawn.allclose(rand(2, device: TestDevice.Device, generator: ofTheDevice), 0, 0));
    }

    /// <summary>Where libtorch has learned a deterministic algorithm since 1.13, a real GPU does not refuse.</summary>
    [PretendedFact]
    public void Operators_without_a_deterministic_algorithm_are_refused()
    {
        using IDisposable scope = NewDisposeScope();
        Refused("deterministic", () => Ones(3).cumsum(0));
        Refused("deterministic", () => Ones(3).kthvalue(1, 0, false));
        Assert.Equal(3, Ones(3).to(ScalarType.Int64).cumsum(0).max().item<long>());
    }

    [Fact]
    public void Whole_numbers_are_not_multiplied_as_matrices()
    {
        using IDisposable scope = NewDisposeScope();
        Refused("not implemented", () => Ones(2, 2).to(ScalarType.Int64).mm(Ones(2, 2).to(ScalarType.Int64)));
    }

    private static void Refused(string why, Func<object> call) =>
        Assert.Contains(why, Assert.ThrowsAny<Exception>(call).Message, StringComparison.Ordinal);
}
