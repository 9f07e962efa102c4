using System.Buffers.Binary;

namespace Replications.Datasets.Formats;

/// <summary>
/// IDX, the format of the MNIST files: two zero bytes, an element type, the number of axes, their lengths as big-endian
/// 32-bit integers, then the elements. Only unsigned bytes (type 08) are read.
/// </summary>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">File, for messages.</param>
    /// <param name="limit">Most bytes of elements.</param>
    /// <returns>The array.</returns>
    /// <exception cref="DataException">Not IDX, of another type, truncated or oversized.</exception>
    public static DataArray Read(Stream stream, string file, long limit)
    {
        Span<byte> word = stackalloc byte[4];
        stream.Fill(word, file, "the IDX header");
        if (word[0] != 0 || word[1] != 0)
            throw new DataException(file, "not an IDX file: it does not begin with 00 00");
        if (word[2] != UnsignedByte)
            throw new DataException(file, FormattableString.Invariant($"IDX element type {word[2]:X2} is not read; expected 08, unsigned byte"));

        int axes = word[3];
        if (axes is 0 or > 8)
            throw new DataException(file, FormattableString.Invariant($"IDX header declares {axes} axes; expected 1 to 8"));

        long[] shape = new long[axes];
        for (int axis = 0; axis < axes; axis++)
        {
            stream.Fill(word, file, "the IDX header");
            shape[axis] = BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        byte[] bytes = new byte[DataArray.CheckedBytes(file, ElementType.UInt8, shape, limit)];
        stream.Fill(bytes, file, "the IDX array");
        stream.RequireEnd(file, "the IDX array");
        return new DataArray(ElementType.UInt8, shape, bytes);
    }
}
