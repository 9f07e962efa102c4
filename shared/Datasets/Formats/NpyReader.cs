using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Replications.Datasets.Formats;

/// <summary>NumPy's .npy, format 1.0, row-major, elements <c>|u1</c>, <c>&lt;i4</c>, <c>&lt;f4</c> or <c>&lt;f8</c>.</summary>
public static partial class NpyReader
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">File, for messages.</param>
    /// <param name="limit">Most bytes of elements.</param>
    /// <returns>The array.</returns>
    /// <exception cref="DataException">Not .npy, of another version, type or order, truncated or oversized.</exception>
    public static DataArray Read(Stream stream, string file, long limit)
    {
        Span<byte> start = stackalloc byte[10];
        stream.Fill(start, file, "the .npy header");
        if (!start[..6].SequenceEqual(Magic))
            throw new DataException(file, "not a .npy file: it does not begin with 93 NUMPY");
        if (start[6] != 1 || start[7] != 0)
            throw new DataException(file, FormattableString.Invariant($".npy format {start[6]}.{start[7]} is not read; expected 1.0"));

        byte[] header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start[8..])];
        stream.Fill(header, file, "the .npy header");
        (ElementType type, long[] shape) = Parse(Encoding.Latin1.GetString(header), file);

        byte[] bytes = new byte[DataArray.CheckedBytes(file, type, shape, limit)];
        stream.Fill(bytes, file, "the .npy array");
        stream.RequireEnd(file, "the .npy array");
        return new DataArray(type, shape, bytes);
    }

    private static (ElementType Type, long[] Shape) Parse(string header, string file)
    {
        Match match = HeaderForm().Match(header);
        if (!match.Success)
            throw new DataException(file, $".npy header is not understood: {header.Trim()}");
        if (match.Groups["order"].Value == "True" && match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Length > 1)
            throw new DataException(file, "column-major .npy arrays are not read");

        ElementType type = match.Groups["descr"].Value switch
        {
            "|u1" or "<u1" => ElementType.UInt8,
            "<i4" => ElementType.Int32,
            "<f4" => ElementType.Float32,
            "<f8" => ElementType.Float64,
            string other => throw new DataException(file, $".npy element type '{other}' is not read; expected |u1, <i4, <f4 or <f8"),
        };

        string[] axes = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // NumPy under Python 2 wrote its long integers as 1400L.
        long[] shape = new long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            if (!long.TryParse(axes[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new DataException(file, $".npy header declares an axis of length '{axes[i]}'");
        }

        return (type, shape);
    }

    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<descr>[^']{1,16})',\s*'fortran_order':\s*(?<order>True|False),\s*'shape':\s*\((?<shape>[0-9, L]{0,200})\),?\s*\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderForm();
}
