using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Devices;

public class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda", DeviceType.CUDA, -1)]
    [InlineData("cuda:3", DeviceType.CUDA, 3)]
    [InlineData("CUDA:0", DeviceType.CUDA, 0)]
    public void DescriptionsAreParsedAndWritten(string description, DeviceType type, int index)
    {
        Device device = description;
        Assert.Equal((type, index), (device.type, device.index));
        Assert.Equal(description.ToLowerInvariant(), device.ToString());
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1:2")]
    public void OtherWordsAreRefused(string description) => Assert.Throws<ArgumentException>(() => new Device(description));

    [Fact]
    public void TheNumberOfThreadsIsSet()
    {
        int before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
    }

    [Fact]
    public void CudaAnswersEvenWhereThereIsNone()
    {
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
        if (!cuda.is_available())
            Assert.ThrowsAny<Exception>(() => zeros(1, device: CUDA));
    }

    [Fact]
    public void TensorsKnowWhereTheyAre()
    {
        using Tensor a = zeros(1);
        Assert.Equal((DeviceType.CPU, -1, true, false), (a.device_type, a.device_index, a.is_cpu(), a.is_cuda));
        Assert.Same(CPU, a.device);
        using Tensor meta = zeros([1000, 1000, 1000], device: META);
        Assert.True(meta.is_meta);
    }

    [Fact]
    public void AMissingLibrarySaysHowToGetIt()
    {
        const string Variable = "REPLICATIONS_NATIVE";
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "/nowhere/libreplications_torch.so");
        try
        {
            var error = Assert.Throws<DllNotFoundException>(
                () => NativeLibraryLocator.Resolve(NativeLibraryLocator.LibraryName, typeof(DeviceTests).Assembly, null));
            Assert.Contains("Run the set-up (tests/run.sh or run-all.sh)", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }
}
