#if TORCHSHARP
using TorchSharp;

namespace Replications.Training.Engine;

/// <summary>The plain thing under the TorchSharp packages, which have no switch for determinism and no autocast.</summary>
internal static class EngineSwitches
{
    public const string Name = "TorchSharp";

    public const string CudaExactness =
        "close, not byte-identical: TorchSharp has no switch for deterministic algorithms, so atomic sums on the GPU may differ in their last bits";

    public static string Version => torch.__version__;

    public static void BeExact()
    {
        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
    }

    public static bool HasBFloat16(torch.Device device) => false;

    public static long? PeakMemory(torch.Device device) => null;

    public static IDisposable? Autocast(torch.Device device) => null;

    public static IDisposable? NoAutocast(torch.Device device) => null;

    public static IDisposable? Backward(torch.Device device) => null;
}
#endif
