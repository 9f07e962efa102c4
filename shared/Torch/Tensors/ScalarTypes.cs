namespace TorchSharp;

/// <summary>What element types are, and the types of .NET that hold them.</summary>
internal static class ScalarTypes
{
    internal static bool IsFloatingPoint(this torch.ScalarType type) =>
        type is torch.ScalarType.Float16 or torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16;

    internal static bool IsComplex(this torch.ScalarType type) =>
        type is torch.ScalarType.ComplexFloat32 or torch.ScalarType.ComplexFloat64;

    internal static bool IsIntegral(this torch.ScalarType type) =>
        type is torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Int16 or torch.ScalarType.Int32
            or torch.ScalarType.Int64 or torch.ScalarType.Bool;

    /// <summary>The element type that a type of .NET holds.</summary>
    /// <exception cref="ArgumentException">None does.</exception>
    internal static torch.ScalarType Of(Type type) => type switch
    {
        _ when type == typeof(float) => torch.ScalarType.Float32,
        _ when type == typeof(double) => torch.ScalarType.Float64,
        _ when type == typeof(long) => torch.ScalarType.Int64,
        _ when type == typeof(int) => torch.ScalarType.Int32,
        _ when type == typeof(byte) => torch.ScalarType.Byte,
        _ when type == typeof(bool) => torch.ScalarType.Bool,
        _ when type == typeof(short) => torch.ScalarType.Int16,
        _ when type == typeof(sbyte) => torch.ScalarType.Int8,
        _ when type == typeof(Half) => torch.ScalarType.Float16,
        _ when type == typeof(BFloat16) => torch.ScalarType.BFloat16,
        _ when type == typeof((float, float)) => torch.ScalarType.ComplexFloat32,
        _ when type == typeof(System.Numerics.Complex) => torch.ScalarType.ComplexFloat64,
        _ => throw new ArgumentException($"{type.Name} is not compatible with any element type."),
    };
}
