#if !TORCHSHARP
using TorchSharp;
using Libtorch = TorchSharp.Engine;

namespace Replications.Training.Engine;

/// <summary>What the suite's own engine offers beyond TorchSharp's API.</summary>
internal static class EngineSwitches
{
    public const string Name = "Libtorch";

    public const string CudaExactness =
        "deterministic algorithms are required of libtorch, which refuses those it has none for; byte-identical when repeated or resumed on the same GPU with the same libtorch, driver and CUDA libraries";

    public static string Version => Libtorch.Version;

    /// <summary>One answer for one question, in the precision that the record names: libtorch's defaults let convolutions on a GPU round factors to TensorFloat-32, and products of bfloat16 add up in bfloat16.</summary>
    public static void BeExact()
    {
        Libtorch.Deterministic = true;
        Libtorch.AllowTensorFloat32(products: false, convolutions: false);
        Libtorch.AllowBFloat16Sums(false);
    }

    /// <summary>Without these instructions libtorch's own bfloat16 products take many times as long as float32 ones.</summary>
    public static bool HasBFloat16(torch.Device device) =>
        device.type == DeviceType.CUDA
        || File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) is { } flags
            && (flags.Contains(" avx512_bf16", StringComparison.Ordinal) || flags.Contains(" amx_bf16", StringComparison.Ordinal));

    public static long? PeakMemory(torch.Device device) => device.type == DeviceType.CUDA ? Libtorch.PeakDeviceMemory(Math.Max(device.index, 0)) : null;

    public static IDisposable Autocast(torch.Device device) => Libtorch.Autocast(device.type);

    public static IDisposable? NoAutocast(torch.Device device) => Libtorch.Autocast(device.type, enabled: false);

    /// <summary>
    /// What a pass back runs under: each operator in the type that it had on the way there. On a GPU it runs on a thread of its own, where libtorch before
    /// 2.4 does not know autocast's type and would take float16.
    /// </summary>
    public static IDisposable? Backward(torch.Device device) => device.type == DeviceType.CUDA ? NoAutocast(device) : null;
}
#endif
