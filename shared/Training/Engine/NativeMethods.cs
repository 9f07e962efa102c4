using System.Runtime.InteropServices;

namespace Replications.Training.Engine;

/// <summary>.NET keeps its own copy of the environment; native libraries read the process's.</summary>
internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);
}
