using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A function written in C# as native code sees it; the layout of rt_function in native/door/function.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFunction
{
    internal nint Self;
    internal delegate* unmanaged<nint, nint, nint, int> Forward;
    internal delegate* unmanaged<nint, nint, nint*, int, nint, int> Backward;
    internal delegate* unmanaged<nint, void> Release;
}
