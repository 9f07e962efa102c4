using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_function_apply(NativeFunction function, nint* inputs, int count, out nint* results, out int resultCount);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void rt_function_fail(string message);

    [LibraryImport(Library)]
    internal static partial void rt_function_give(nint outputs, nint handle);

    [LibraryImport(Library)]
    internal static partial int rt_function_save(nint context, nint* handles, int count);

    [LibraryImport(Library)]
    internal static partial int rt_function_saved(nint context, out nint* handles, out int count);

    [LibraryImport(Library)]
    internal static partial int rt_function_mark_dirty(nint context, nint* handles, int count);

    [LibraryImport(Library)]
    internal static partial int rt_function_mark_non_differentiable(nint context, nint* handles, int count);

    [LibraryImport(Library)]
    internal static partial int rt_function_materialize_grads(nint context, int value);
}
