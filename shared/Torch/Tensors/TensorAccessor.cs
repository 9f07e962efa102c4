using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor as values of .NET, in row-major order of its dimensions.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _source;
    private torch.Tensor? _copy;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _source = tensor;
        if (!tensor.is_cpu())
        {
            using torch.Tensor detached = tensor.detach();
            _copy = detached.cpu().DetachFromDisposeScope();
        }
    }

    public long Count => _source.NumberOfElements;

    public bool IsReadOnly => false;

    private torch.Tensor Tensor => _copy ?? _source;

    /// <summary>The element at an index per dimension, or at a position counted in row-major order when there is one index.</summary>
    public unsafe T this[params long[] indices]
    {
        get
        {
            T value = *Address(indices);
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            RequireWritable();
            *Address(indices) = value;
            GC.KeepAlive(this);
        }
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>An array of the tensor's dimensions.</summary>
    public unsafe Array ToNDArray()
    {
        long[] shape = _source.shape;
        if (shape.Length == 0)
            return ToArray();
        var result = Array.CreateInstance(typeof(T), shape);
        T[] flat = ToArray();
        Span<byte> target = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(result), flat.Length * sizeof(T));
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(flat.AsSpan()).CopyTo(target);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int count = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        if (count <= 0)
            return;
        if (Tensor.is_contiguous())
        {
            new ReadOnlySpan<T>((T*)Tensor.DataPointer + tensorIndex, count).CopyTo(array[arrayIndex..]);
        }
        else
        {
            using torch.Tensor flat = Tensor.detach();
            using torch.Tensor whole = flat.contiguous();
            new ReadOnlySpan<T>((T*)whole.DataPointer + tensorIndex, count).CopyTo(array[arrayIndex..]);
        }

        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        RequireWritable();
        int count = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        if (Tensor.is_contiguous())
        {
            if (count > 0)
                array.Slice(arrayIndex, count).CopyTo(new Span<T>((T*)Tensor.DataPointer + tensorIndex, count));
        }
        else
        {
            long[] shape = _source.shape;
            long[] strides = _source.stride();
            for (int i = 0; i < count; i++)
                *((T*)Tensor.DataPointer + Offset(tensorIndex + i, shape, strides)) = array[arrayIndex + i];
        }

        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        _copy?.Dispose();
        _copy = null;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long Offset(long position, long[] shape, long[] strides)
    {
        long offset = 0;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            offset += position % shape[d] * strides[d];
            position /= shape[d];
        }

        return offset;
    }

    private unsafe T* Address(long[] indices)
    {
        long[] shape = _source.shape;
        long[] strides = Tensor.stride();
        if (indices.Length == 1 && shape.Length != 1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[0], (ulong)Count, nameof(indices));
            return (T*)Tensor.DataPointer + Offset(indices[0], shape, strides);
        }

        if (indices.Length != shape.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {shape.Length} dimensions.", nameof(indices));
        long offset = 0;
        for (int d = 0; d < indices.Length; d++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[d], (ulong)shape[d], nameof(indices));
            offset += indices[d] * strides[d];
        }

        return (T*)Tensor.DataPointer + offset;
    }

    private void RequireWritable()
    {
        if (_copy is not null)
            throw new InvalidOperationException("Elements of a tensor that is not on the CPU cannot be written one by one: write them to a CPU tensor and copy that.");
    }
}
