namespace TorchSharp;

/// <summary>
/// One argument of an operator. It holds the managed object it came from, so that nothing is finalised while the
/// native call runs. <c>default</c> is None.
/// </summary>
internal readonly struct Argument
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly ValueTag Tag;

    private Argument(ValueTag tag, long bits, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    /// <summary>No value, as Python's None.</summary>
    internal static Argument None => default;

    /// <summary>The default value of the operator's schema.</summary>
    internal static Argument Default => new(ValueTag.Default, 0);

    public static implicit operator Argument(torch.Tensor? value) =>
        value is null ? default : new(ValueTag.Tensor, 0, value);

    public static implicit operator Argument(long value) => new(ValueTag.Int, value);

    public static implicit operator Argument(long? value) => value is { } v ? v : default(Argument);

    public static implicit operator Argument(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } v ? v : default(Argument);

    public static implicit operator Argument(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    public static implicit operator Argument(torch.ScalarType value) => new(ValueTag.Int, (long)value);

    public static implicit operator Argument(torch.ScalarType? value) => value is { } v ? v : default(Argument);

    public static implicit operator Argument(Scalar? value) => value is null ? default : value.ToArgument();

    public static implicit operator Argument(torch.Device? value) => value is null ? default : new(ValueTag.Device, 0, value);

    public static implicit operator Argument(torch.Generator? value) => value is null ? default : new(ValueTag.Generator, 0, value);

    public static implicit operator Argument(string? value) => value is null ? default : new(ValueTag.String, 0, value);

    public static implicit operator Argument(long[]? value) => value is null ? default : new(ValueTag.IntList, 0, value);

    public static implicit operator Argument(double[]? value) => value is null ? default : new(ValueTag.DoubleList, 0, value);

    public static implicit operator Argument(bool[]? value) => value is null ? default : new(ValueTag.BoolList, 0, value);

    /// <summary>A list of tensors; an element may be null where the operator takes optional tensors.</summary>
    public static implicit operator Argument(torch.Tensor?[]? value) => value is null ? default : new(ValueTag.TensorList, 0, value);

    internal static Argument Complex(System.Numerics.Complex value) => new(ValueTag.Complex, 0, (double[])[value.Real, value.Imaginary]);

    internal static Argument List(IEnumerable<torch.Tensor> tensors) => tensors as torch.Tensor[] ?? tensors.ToArray();

    internal static Argument List(ReadOnlySpan<torch.Tensor> tensors) => tensors.ToArray();
}
