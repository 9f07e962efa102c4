using System.Buffers;

namespace TorchSharp;

/// <summary>A piece of a tensor's memory as Memory, for streams.</summary>
internal sealed unsafe class UnmanagedMemory(byte* start, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
