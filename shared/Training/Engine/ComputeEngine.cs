using System.Globalization;
using Replications.Claims;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Engine;

/// <summary>What a run computes with: device, arithmetic, threads, and the exactness these give.</summary>
public static class ComputeEngine
{
    // More than one, so that a run of another machine can be taken up with its number.
    private const int ThreadsPerProcessor = 16;

    /// <summary>Prepares the engine: deterministic algorithms, thread count, device and precision checked.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <param name="precision">Arithmetic of the matrix products.</param>
    /// <param name="threads">Threads of one operator; at least 1.</param>
    /// <returns>The device, and what run.json says of it.</returns>
    /// <exception cref="EngineException">The machine has no such device or arithmetic, or no libtorch.</exception>
    public static (torch.Device Device, EngineRecord Record) Open(string device, Precision precision, int threads)
    {
        try
        {
            // cuBLAS is deterministic only with a fixed workspace, and reads this when it starts.
            _ = NativeMethods.SetEnvironment("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
            torch.Device chosen = Parse(device);
            if (threads > ThreadsPerProcessor * Environment.ProcessorCount)
                throw new EngineException(string.Create(CultureInfo.InvariantCulture, $"{threads} threads on {Environment.ProcessorCount} processors would only wait for each other; at most {ThreadsPerProcessor * Environment.ProcessorCount}"));
            torch.set_num_threads(threads);
            EngineSwitches.BeExact();
            if (precision == Precision.BFloat16 && !EngineSwitches.HasBFloat16(chosen))
                throw new EngineException($"bfloat16 products need a processor with AVX512-BF16 or AMX, or a GPU, and an engine with autocast; here ({EngineSwitches.Name}, {chosen}) they are not to be had: use --precision float32");
            return (chosen, new EngineRecord(
                EngineSwitches.Name, EngineSwitches.Version, chosen.ToString(), Name(precision), threads, Exactness(chosen, precision)));
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            throw new EngineException($"libtorch cannot be loaded ({(e.InnerException ?? e).Message}); ./run-all.sh sets it up", e);
        }
    }

    /// <summary>Lets matrix products run in the precision until the scope is disposed.</summary>
    /// <param name="device">The run's device.</param>
    /// <param name="precision">Arithmetic of the matrix products.</param>
    /// <returns>A scope; null where there is nothing to switch.</returns>
    internal static IDisposable? Products(torch.Device device, Precision precision) =>
        precision == Precision.BFloat16 ? EngineSwitches.Autocast(device) : null;

    /// <summary>A layer whose products are float32 in every run: for numbers that are too fine for bfloat16's eight bits.</summary>
    /// <param name="input">Its input, float32 or wider.</param>
    /// <param name="layer">The layer.</param>
    /// <returns>What it makes of the input.</returns>
    public static torch.Tensor Unrounded(torch.Tensor input, Func<torch.Tensor, torch.Tensor> layer)
    {
        using IDisposable? exact = EngineSwitches.NoAutocast(input.device);
        return layer(input);
    }

    /// <summary>The most bytes that tensors of this process took at once on its GPU; null on a CPU or where the engine cannot tell.</summary>
    /// <param name="device">The run's device.</param>
    public static long? PeakMemory(torch.Device device) => EngineSwitches.PeakMemory(device);

    /// <summary>The precision as options and files name it.</summary>
    public static string Name(Precision precision) => precision == Precision.BFloat16 ? Precisions.BFloat16 : Precisions.Float32;

    private static torch.Device Parse(string text)
    {
        torch.Device device;
        try
        {
            device = new torch.Device(text);
        }
        catch (ArgumentException)
        {
            throw new EngineException($"'{text}' is not a device: use cpu, cuda or cuda:1");
        }

        if (device.type == DeviceType.CPU)
            return torch.CPU;
        if (device.type != DeviceType.CUDA)
            throw new EngineException($"'{text}' is not a device of this suite: use cpu, cuda or cuda:1");
        int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        int index = Math.Max(device.index, 0);
        return index < count
            ? new torch.Device(DeviceType.CUDA, index)
            : throw new EngineException(string.Create(CultureInfo.InvariantCulture, $"there is no device '{text}': this libtorch sees {count} CUDA devices"));
    }

    private static string Exactness(torch.Device device, Precision precision)
    {
        string repeated = device.type == DeviceType.CPU
            ? "byte-identical when repeated or resumed on the same machine with the same libtorch and thread count"
            : EngineSwitches.CudaExactness;
        return precision == Precision.BFloat16
            ? $"{repeated}; updates use bfloat16 products with float32 weights and sums, measurements are taken in float32"
            : repeated;
    }
}
