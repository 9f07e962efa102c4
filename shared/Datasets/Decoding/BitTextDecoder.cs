using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>Bits as text: one example a line, digits 0 and 1 parted by one character, lines ended by LF.</summary>
/// <param name="Separator">A space in Larochelle's files, a comma in DEBD's.</param>
internal sealed record BitTextDecoder(char Separator) : Decoder
{
    public override byte[] Decode(string path, DataFile file)
    {
        string name = Path.GetFileName(path);
        byte[] text = Payload.Whole(path, 2 * file.Bytes);
        if (text.Length != 2 * file.Bytes)
            throw new DataException(name, FormattableString.Invariant($"truncated: {text.Length} bytes, expected {2 * file.Bytes}"));

        long columns = file.Bytes / file.Shape[0];
        byte[] bits = new byte[file.Bytes];
        for (int i = 0; i < bits.Length; i++)
        {
            byte digit = text[2 * i];
            byte end = text[(2 * i) + 1];
            if (digit is not ((byte)'0' or (byte)'1') || end != (byte)((i + 1) % columns == 0 ? '\n' : Separator))
                throw new DataException(name, FormattableString.Invariant($"damaged at line {(i / columns) + 1}, column {(i % columns) + 1}: expected {columns} digits 0 or 1 parted by '{Separator}'"));
            bits[i] = (byte)(digit - '0');
        }

        return bits;
    }
}
