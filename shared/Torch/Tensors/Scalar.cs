using System.Numerics;

namespace TorchSharp;

/// <summary>A number or truth value for an operator. Plain managed data: nothing native hangs on it.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double _number;
    private readonly long _integer;
    private readonly Complex _complex;

    private Scalar(torch.ScalarType type, double number, long integer, Complex complex)
    {
        Type = type;
        _number = number;
        _integer = integer;
        _complex = complex;
    }

    public torch.ScalarType Type { get; }

    internal double AsDouble => Type.IsFloatingPoint() ? _number : Type.IsComplex() ? _complex.Real : _integer;

    internal long AsInteger => Type.IsFloatingPoint() ? (long)_number : Type.IsComplex() ? (long)_complex.Real : _integer;

    internal Complex AsComplex => Type.IsComplex() ? _complex : AsDouble;

    public static implicit operator Scalar(byte value) => Integer(torch.ScalarType.Byte, value);

    public static implicit operator Scalar(sbyte value) => Integer(torch.ScalarType.Int8, value);

    public static implicit operator Scalar(short value) => Integer(torch.ScalarType.Int16, value);

    public static implicit operator Scalar(int value) => Integer(torch.ScalarType.Int32, value);

    public static implicit operator Scalar(long value) => Integer(torch.ScalarType.Int64, value);

    public static implicit operator Scalar(Half value) => Floating(torch.ScalarType.Float16, (double)value);

    public static implicit operator Scalar(BFloat16 value) => Floating(torch.ScalarType.BFloat16, value);

    public static implicit operator Scalar(float value) => Floating(torch.ScalarType.Float32, value);

    public static implicit operator Scalar(double value) => Floating(torch.ScalarType.Float64, value);

    public static implicit operator Scalar(bool value) => Integer(torch.ScalarType.Bool, value ? 1 : 0);

    public static implicit operator Scalar((float, float) value) =>
        new(torch.ScalarType.ComplexFloat32, 0, 0, new Complex(value.Item1, value.Item2));

    public static implicit operator Scalar(Complex value) => new(torch.ScalarType.ComplexFloat64, 0, 0, value);

    /// <summary>Does nothing; TorchSharp's holds native memory.</summary>
    public void Dispose()
    {
    }

    public override string ToString() => FormattableString.Invariant($"{(Type.IsComplex() ? _complex : Type.IsFloatingPoint() ? _number : _integer)}");

    internal Argument ToArgument() => Type switch
    {
        torch.ScalarType.Bool => _integer != 0,
        _ when Type.IsComplex() => Argument.Complex(_complex),
        _ when Type.IsFloatingPoint() => _number,
        _ => _integer,
    };

    private static Scalar Integer(torch.ScalarType type, long value) => new(type, 0, value, default);

    private static Scalar Floating(torch.ScalarType type, double value) => new(type, value, 0, default);
}
