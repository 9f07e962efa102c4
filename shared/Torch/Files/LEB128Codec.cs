namespace TorchSharp.Utils;

/// <summary>Whole numbers of seven bits to the byte, the lowest first, the top bit set on all bytes but the last.</summary>
public static class LEB128Codec
{
    private const int BitsPerByte = 7;
    private const int LongestShift = 63;

    public static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        while (value > 0x7f)
        {
            writer.Write((byte)((value & 0x7f) | 0x80));
            value >>= BitsPerByte;
        }

        writer.Write((byte)value);
    }

    /// <exception cref="InvalidDataException">More bytes than a number has.</exception>
    public static long Decode(this BinaryReader reader)
    {
        long value = 0;
        for (int shift = 0; shift < LongestShift; shift += BitsPerByte)
        {
            byte next = reader.ReadByte();
            value |= (long)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
                return value;
        }

        throw new InvalidDataException("A LEB128 number does not end.");
    }
}
