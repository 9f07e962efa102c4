using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_grad_mode();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void rt_grad_mode_set(int enabled);

    [LibraryImport(Library)]
    internal static partial int rt_inference_mode();

    [LibraryImport(Library)]
    internal static partial nint rt_inference_mode_enter(int enabled);

    [LibraryImport(Library)]
    internal static partial void rt_inference_mode_leave(nint guard);

    [LibraryImport(Library)]
    internal static partial int rt_anomaly_mode();

    [LibraryImport(Library)]
    internal static partial int rt_anomaly_mode_checks_nan();

    [LibraryImport(Library)]
    internal static partial void rt_anomaly_mode_set(int enabled, int checkNan);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_requires_grad(nint handle, out int answer);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_requires_grad_set(nint handle, int value);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_is_leaf(nint handle, out int answer);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_retain_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_grad(nint handle, out nint gradient);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_grad_set(nint handle, nint gradient);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_data_set(nint handle, nint source);

    [LibraryImport(Library)]
    internal static partial int rt_backward(
        nint* outputs, int outputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int rt_grad(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* results);
}
