using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// What libtorch offers and TorchSharp's API does not. For shared/Training alone: models must also compile against TorchSharp.
/// </summary>
public static class Engine
{
    private const long ChannelsLastFormat = 2;
    private const long ContiguousFormat = 0;

    /// <summary>Version of the libtorch that is loaded, for example "1.13.0".</summary>
    public static string Version => torch.__version__;

    /// <summary>How libtorch was built, its linear algebra and threading, and the instruction set it uses.</summary>
    public static string Configuration => Marshal.PtrToStringUTF8(NativeMethods.rt_show_config())!;

    /// <summary>The instruction set that libtorch's kernels use here, for example "AVX512".</summary>
    public static string CpuCapability
    {
        get
        {
            const string Mark = "CPU capability usage: ";
            string text = Configuration;
            int start = text.IndexOf(Mark, StringComparison.Ordinal);
            return start < 0 ? "unknown" : text[(start + Mark.Length)..].Split('\n', 2)[0].Trim();
        }
    }

    /// <summary>Tensors alive in managed code, in all threads: a training step must leave this as it was.</summary>
    public static long LiveTensors => torch.Tensor.TotalCount;

    /// <summary>Whether libtorch refuses algorithms whose result may differ from run to run.</summary>
    public static bool Deterministic
    {
        get => NativeMethods.rt_is_deterministic() != 0;
        set => NativeMethods.Check(NativeMethods.rt_deterministic(value ? 1 : 0, 0));
    }

    /// <summary>
    /// Whether fused layers multiply bfloat16 by the processor's own products of pairs (AVX512-BF16) where it has them, and not as float32 rounded to
    /// bfloat16. At the start: where that is faster. The two add up in another order. Not to be changed between a pass and its way back.
    /// </summary>
    public static bool PairProducts
    {
        get => NativeMethods.rt_pair_products() != 0;
        set => NativeMethods.rt_pair_products_set(value ? 1 : 0);
    }

    /// <summary>
    /// Whether fused layers are computed by AVX-512 where the processor has it, and not by AVX2. At the start: yes. Not to be changed between a pass and its way back.
    /// </summary>
    public static bool WideVectors
    {
        get => NativeMethods.rt_wide_vectors() != 0;
        set => NativeMethods.rt_wide_vectors_set(value ? 1 : 0);
    }

    /// <summary>Products and convolutions in a smaller type, on this thread, until it is disposed.</summary>
    public static IDisposable Autocast(DeviceType device = DeviceType.CPU, torch.ScalarType dtype = torch.ScalarType.BFloat16, bool enabled = true) =>
        new Autocast(device, dtype, enabled);

    /// <summary>The same values of a batch of pictures, laid out pixel by pixel.</summary>
    public static torch.Tensor ChannelsLast(torch.Tensor pictures) => Aten.contiguous.Call(pictures, ChannelsLastFormat);

    /// <summary>The same values laid out in the order of the dimensions.</summary>
    public static torch.Tensor Contiguous(torch.Tensor tensor) => Aten.contiguous.Call(tensor, ContiguousFormat);

    public static bool IsChannelsLast(torch.Tensor pictures) => pictures.IsContiguous((int)ChannelsLastFormat);

    /// <summary>Whether float32 products and convolutions on CUDA may use TensorFloat-32.</summary>
    public static void AllowTensorFloat32(bool products, bool convolutions) =>
        NativeMethods.Check(NativeMethods.rt_tf32(products ? 1 : 0, convolutions ? 1 : 0));

    /// <summary>Whether products of bfloat16 on CUDA may add up in bfloat16; libtorch before 2.0 cannot be told.</summary>
    public static void AllowBFloat16Sums(bool allowed) => NativeMethods.Check(NativeMethods.rt_bfloat16_sums(allowed ? 1 : 0));

    /// <summary>The default generator of a device, whose state a resumed run needs.</summary>
    public static torch.Generator DefaultGenerator(torch.Device device) => torch.Generator.DefaultOf(device);

    /// <summary>The most bytes that tensors took at once on a CUDA device since the process began; null before the first tensor there, or where this build cannot tell.</summary>
    public static long? PeakDeviceMemory(int device = 0)
    {
        NativeMethods.Check(NativeMethods.rt_cuda_peak_memory(device, out long peak));
        return peak < 0 ? null : peak;
    }
}
