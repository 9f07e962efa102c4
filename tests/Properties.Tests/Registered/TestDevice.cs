using TorchSharp;

namespace Replications.Properties.Tests.Registered;

/// <summary>Where the experiments of these tests are.</summary>
internal static class TestDevice
{
    public static torch.Device Device => torch.CPU;
}
