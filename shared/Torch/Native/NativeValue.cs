using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One argument or result as it crosses the border; the layout of rt_value in native/door/door.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)]
    internal ValueTag Tag;

    [FieldOffset(4)]
    internal int Count;

    [FieldOffset(8)]
    internal nint Pointer;

    [FieldOffset(8)]
    internal long Integer;

    [FieldOffset(8)]
    internal double Number;
}
