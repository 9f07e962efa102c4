using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// The functions of the native library. Methods that return int give a status: pass it to <see cref="Check(int)"/>.
/// Those marked SuppressGCTransition read a field and return; nothing else may be marked so.
/// </summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraryLocator.LibraryName;

    [SuppressMessage("Usage", "CA2255", Justification = "The library must be findable before the first native call, whichever type makes it.")]
    [ModuleInitializer]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, NativeLibraryLocator.Resolve);

    /// <summary>Throws what libtorch said when a status is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0)
            Throw();
    }

    /// <summary>Throws the last failure of this thread.</summary>
    [SuppressMessage("Usage", "CA2201", Justification = "Callers written for TorchSharp catch the type that it throws.")]
    [DoesNotReturn]
    internal static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8(rt_last_error()));

    [LibraryImport(Library)]
    private static partial nint rt_last_error();
}
