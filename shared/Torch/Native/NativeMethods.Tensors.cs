using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial void rt_tensor_free(nint handle);

    [LibraryImport(Library)]
    internal static partial nint rt_tensor_share(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rt_tensor_dim(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rt_tensor_numel(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_tensor_dtype(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void rt_tensor_sizes(nint handle, long* sizes);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_strides(nint handle, long* strides);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void rt_tensor_device(nint handle, int* type, int* index);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_storage_offset(nint handle, out long offset);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_tensor_layout(nint handle);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_data(nint handle, out nint data);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_is_contiguous(nint handle, int format, out int answer);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_from_bytes(void* pointer, long* sizes, int dimensions, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_from_blob(
        void* pointer, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> deleter, nint context, out nint result);

    [LibraryImport(Library)]
    internal static partial int rt_tensor_alias_of(nint left, nint right, out int answer);
}
