using System.Runtime.InteropServices;

namespace Replications.Hosting.Signals;

/// <summary>The one call of the C library that .NET has no name for.</summary>
internal static partial class NativeMethods
{
    /// <summary>Ends the process at once: no finaliser, no destructor, no exit handler runs.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial void ExitNow(int status);
}
