using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Registered;

/// <summary>Where the experiments of these tests are: the GPU of this machine, or the pretended one that <c>tests/run.sh</c> names.</summary>
internal static class TestDevice
{
    private static readonly string? _pretended = Environment.GetEnvironmentVariable("REPLICATIONS_PRETENDED_GPU");

    // As a run opens it: one thread, deterministic algorithms alone.
    private static readonly Lazy<torch.Device> _device = new(() => ComputeEngine.Open("cuda", Precision.Float32, threads: 1).Device);

    public static torch.Device Device => _device.Value;

    /// <summary>Why a test of the pretended GPU is left out; null on it.</summary>
    public static string? NotPretended => _pretended is null ? "a real GPU draws other random numbers than the CPU, and its libtorch has more deterministic algorithms" : null;

    // Before anything asks libtorch for a device: it asks once.
    [ModuleInitializer]
    internal static void Load()
    {
        if (_pretended is not null)
            NativeLibrary.Load(_pretended);
    }
}
