using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint rt_version();

    [LibraryImport(Library)]
    internal static partial nint rt_show_config();

    [LibraryImport(Library)]
    internal static partial int rt_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int rt_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int rt_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int rt_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int rt_cuda_is_available(out int answer);

    [LibraryImport(Library)]
    internal static partial int rt_cudnn_is_available(out int answer);

    [LibraryImport(Library)]
    internal static partial int rt_cuda_device_count(out int count);

    [LibraryImport(Library)]
    internal static partial int rt_cuda_synchronize(long index);

    [LibraryImport(Library)]
    internal static partial int rt_cuda_manual_seed(ulong seed, int all);

    [LibraryImport(Library)]
    internal static partial int rt_default_dtype(out int dtype);

    [LibraryImport(Library)]
    internal static partial int rt_default_dtype_set(int dtype);

    [LibraryImport(Library)]
    internal static partial int rt_deterministic(int enabled, int warnOnly);

    [LibraryImport(Library)]
    internal static partial int rt_is_deterministic();

    [LibraryImport(Library)]
    internal static partial int rt_pair_products();

    [LibraryImport(Library)]
    internal static partial void rt_pair_products_set(int use);

    [LibraryImport(Library)]
    internal static partial int rt_wide_vectors();

    [LibraryImport(Library)]
    internal static partial void rt_wide_vectors_set(int use);

    [LibraryImport(Library)]
    internal static partial int rt_tf32(int matmul, int cudnn);

    [LibraryImport(Library)]
    internal static partial int rt_bfloat16_sums(int allowed);

    [LibraryImport(Library)]
    internal static partial int rt_autocast_enter(int device, int dtype, int enabled, out int previous, out int previousDtype);

    [LibraryImport(Library)]
    internal static partial int rt_autocast_leave(int device, int dtype, int enabled);

    [LibraryImport(Library)]
    internal static partial int rt_cuda_peak_memory(int device, out long peak);
}
