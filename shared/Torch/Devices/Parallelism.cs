using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Version of the libtorch that is loaded.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(NativeMethods.rt_version())!;

    public static int get_num_threads() => NativeMethods.rt_get_num_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.rt_set_num_threads(num));

    public static int get_num_interop_threads() => NativeMethods.rt_get_num_interop_threads();

    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.rt_set_num_interop_threads(num));
}
