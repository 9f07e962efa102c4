using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp;

/// <summary>Writes arguments as native values; what lists and strings need goes into a scratch area, on the stack while it is small.</summary>
internal unsafe ref struct ArgumentBuffer
{
    /// <summary>Words of scratch that fit on the caller's stack.</summary>
    internal const int StackWords = 64;

    private readonly nint* _scratch;
    private nint* _heap;
    private int _used;

    internal ArgumentBuffer(nint* scratch) => _scratch = scratch;

    internal void Write(ReadOnlySpan<Argument> arguments, NativeValue* values)
    {
        nint* scratch = _scratch;
        int words = Words(arguments);
        if (words > StackWords)
            scratch = _heap = (nint*)NativeMemory.Alloc((nuint)words, (nuint)sizeof(nint));
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly Argument argument = ref arguments[i];
            ref NativeValue value = ref values[i];
            value.Tag = argument.Tag;
            value.Count = 0;
            value.Integer = argument.Bits;
            if (argument.Reference is not null)
                WriteReference(argument, ref value, scratch);
        }
    }

    internal readonly void Free()
    {
        if (_heap != null)
            NativeMemory.Free(_heap);
    }

    private static int Words(ReadOnlySpan<Argument> arguments)
    {
        int words = 0;
        foreach (ref readonly Argument argument in arguments)
        {
            words += argument.Reference switch
            {
                null or torch.Tensor => 0,
                Array array => array.Length,
                string text => text.Length,
                _ => 0,
            };
        }

        return words;
    }

    private void WriteReference(in Argument argument, ref NativeValue value, nint* scratch)
    {
        nint* next = scratch + _used;
        switch (argument.Tag)
        {
            case ValueTag.Tensor:
                value.Pointer = ((torch.Tensor)argument.Reference!).Handle;
                return;
            case ValueTag.Generator:
                value.Pointer = ((torch.Generator)argument.Reference!).Handle;
                return;
            case ValueTag.Device:
                var device = (torch.Device)argument.Reference!;
                value.Count = (int)device.type;
                value.Integer = device.index;
                return;
            case ValueTag.IntList:
                var integers = (long[])argument.Reference!;
                integers.CopyTo(new Span<long>(next, integers.Length));
                value.Count = integers.Length;
                break;
            case ValueTag.DoubleList or ValueTag.Complex:
                var numbers = (double[])argument.Reference!;
                numbers.CopyTo(new Span<double>(next, numbers.Length));
                value.Count = numbers.Length;
                break;
            case ValueTag.BoolList:
                var flags = (bool[])argument.Reference!;
                flags.CopyTo(new Span<bool>(next, flags.Length));
                value.Count = flags.Length;
                break;
            case ValueTag.TensorList:
                var tensors = (torch.Tensor?[])argument.Reference!;
                for (int i = 0; i < tensors.Length; i++)
                    next[i] = tensors[i]?.Handle ?? 0;
                value.Count = tensors.Length;
                break;
            case ValueTag.String:
                // Operators take names of modes and layouts: ASCII, at most one byte per character.
                string text = (string)argument.Reference!;
                value.Count = Encoding.ASCII.GetBytes(text, new Span<byte>(next, text.Length));
                break;
        }

        value.Pointer = (nint)next;
        _used += value.Count;
    }
}
