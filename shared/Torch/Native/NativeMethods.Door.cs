using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt_operator_find(string name, string overload, out nint found);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt_operator_exists(string name, string overload);

    [LibraryImport(Library)]
    internal static partial int rt_operator_call(
        nint which, NativeValue* arguments, int count, NativeValue* results, int capacity, int* resultCount);
}
