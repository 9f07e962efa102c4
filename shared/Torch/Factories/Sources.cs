using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of a copy of some elements.</summary>
    internal static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long count = 1;
        foreach (long size in dimensions)
            count *= size;
        if (count != elements.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {elements.Length} elements, dimensions for {count}.");
        nint handle;
        fixed (T* start = elements)
        fixed (long* sizes = dimensions)
        {
            NativeMethods.Check(NativeMethods.rt_tensor_from_bytes(
                start, sizes, dimensions.Length, (int)ScalarTypes.Of(typeof(T)), out handle));
        }

        return Leaf(Converted(new Tensor(handle), dtype, device), requires_grad);
    }

    /// <summary>A tensor of a copy of an array of any rank.</summary>
    internal static unsafe Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long[] dimensions = [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(
            MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), checked(array.Length * sizeof(T))));
        return FromSpan(elements, dimensions, dtype, device, requires_grad);
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Type type = rawArray.GetType().GetElementType()!;
        return type switch
        {
            _ when type == typeof(float) => FromArray<float>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(double) => FromArray<double>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(long) => FromArray<long>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(int) => FromArray<int>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(short) => FromArray<short>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(byte) => FromArray<byte>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(sbyte) => FromArray<sbyte>(rawArray, dtype, device, requires_grad),
            _ when type == typeof(bool) => FromArray<bool>(rawArray, dtype, device, requires_grad),
            _ => throw new NotSupportedException($"Arrays of {type.Name} have no element type of tensors."),
        };
    }

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        dtype is null && device is null ? data.alias() : data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>The elements of an array of one dimension from an offset, without a copy: the array is pinned while the tensor lives.</summary>
    public static unsafe Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (ScalarTypes.Of(rawArray.GetType().GetElementType()!) != dtype)
            throw new ArgumentException($"An array of {rawArray.GetType().GetElementType()!.Name} does not hold {dtype}.", nameof(dtype));
        long length = count < 0 ? rawArray.LongLength - offset : count;
        if (offset < 0 || length < 0 || offset + length > rawArray.LongLength)
            throw new ArgumentOutOfRangeException(nameof(count), $"{length} elements from {offset} lie outside an array of {rawArray.LongLength}.");
        GCHandle pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        int status = NativeMethods.rt_tensor_from_blob(
            (byte*)pin.AddrOfPinnedObject() + (offset * dtype.ElementSize()), &length, 1, (int)dtype, &Unpin, GCHandle.ToIntPtr(pin), out nint handle);
        if (status != 0)
        {
            pin.Free();
            NativeMethods.Throw();
        }

        return Leaf(new Tensor(handle), requires_grad);
    }

    /// <summary>The default device, where a factory is not told one.</summary>
    private static Device Where(Device? device) => device ?? s_defaultDevice;

    private static Tensor Leaf(Tensor made, bool requires_grad) => requires_grad ? made.requires_grad_() : made;

    private static Tensor Converted(Tensor made, ScalarType? dtype, Device? device)
    {
        Device target = device ?? s_defaultDevice;
        bool move = target.type != DeviceType.CPU;
        if (!move && (dtype is null || dtype == made.dtype))
            return made;
        return made.to(dtype ?? made.dtype, target, disposeAfter: true);
    }

    // Python's rule: a whole number gives int64, a truth value bool, anything else the default floating type.
    private static ScalarType? Kind(Scalar value) => value.Type switch
    {
        ScalarType.Bool => ScalarType.Bool,
        _ when value.Type.IsIntegral() => ScalarType.Int64,
        _ => null,
    };

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => GCHandle.FromIntPtr(context).Free();
}
