using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_generator_default(int type, int index, out nint result);

    [LibraryImport(Library)]
    internal static partial int rt_generator_new(ulong seed, int type, int index, out nint result);

    [LibraryImport(Library)]
    internal static partial void rt_generator_free(nint handle);

    [LibraryImport(Library)]
    internal static partial int rt_generator_manual_seed(nint handle, ulong seed);

    [LibraryImport(Library)]
    internal static partial int rt_generator_initial_seed(nint handle, out ulong seed);

    [LibraryImport(Library)]
    internal static partial int rt_generator_seed(nint handle, out ulong seed);

    [LibraryImport(Library)]
    internal static partial int rt_generator_get_state(nint handle, out nint state);

    [LibraryImport(Library)]
    internal static partial int rt_generator_set_state(nint handle, nint state);

    [LibraryImport(Library)]
    internal static partial int rt_generator_device(nint handle, out int type, out int index);

    [LibraryImport(Library)]
    internal static partial int rt_manual_seed(ulong seed);
}
