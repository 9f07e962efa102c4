namespace Replications.Datasets.Formats;

/// <summary>An array as bytes, row-major and little endian.</summary>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Length of each axis.</param>
/// <param name="Bytes">The elements.</param>
public sealed record DataArray(ElementType Type, IReadOnlyList<long> Shape, byte[] Bytes)
{
    /// <summary>Bytes per element.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.UInt8 => 1,
        ElementType.Int32 or ElementType.Float32 => 4,
        ElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such element type"),
    };

    /// <summary>Bytes of an array, refused before anything is allocated when the file declares more than can be right.</summary>
    /// <param name="file">File, for the message.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="shape">Declared shape.</param>
    /// <param name="limit">Most bytes the caller takes.</param>
    /// <exception cref="DataException">An axis is negative, or the product overflows or exceeds the limit.</exception>
    internal static int CheckedBytes(string file, ElementType type, IEnumerable<long> shape, long limit)
    {
        UInt128 bytes = (UInt128)SizeOf(type);
        foreach (long axis in shape)
        {
            if (axis < 0)
                throw new DataException(file, FormattableString.Invariant($"declares an axis of length {axis}"));
            bytes *= (UInt128)axis;
            if (bytes > (UInt128)Math.Min(limit, Array.MaxLength))
                throw new DataException(file, FormattableString.Invariant($"declares an array of more than the {Math.Min(limit, Array.MaxLength)} bytes expected"));
        }

        return (int)bytes;
    }
}
