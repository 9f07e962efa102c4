using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>One tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Shape.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">Byte after the last.</param>
public sealed record SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The format's name of an element type.</summary>
    /// <exception cref="NotSupportedException">The format has no name for it.</exception>
    internal static string TypeName(ScalarType type)
    {
        int i = Array.FindIndex(Types, t => t.Type == type);
        return i >= 0 ? Types[i].Name : throw new NotSupportedException($"safetensors has no element type {type}");
    }

    /// <summary>Bytes of a tensor of this shape and type.</summary>
    internal static long ByteCount(ScalarType type, long[] shape)
    {
        long size = Types[Array.FindIndex(Types, t => t.Type == type)].Size;
        foreach (long extent in shape)
            size = checked(size * extent);
        return size;
    }

    /// <summary>Reads the format's name of an element type.</summary>
    internal static ScalarType? TypeOf(string? name)
    {
        int i = Array.FindIndex(Types, t => t.Name == name);
        return i >= 0 ? Types[i].Type : null;
    }
}
