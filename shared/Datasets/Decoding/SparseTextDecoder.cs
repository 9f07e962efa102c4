using System.Globalization;
using System.Text;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>LIBSVM's text form of binary rows: a class, then <c>feature:1</c> for every feature that is on, counted from 1.</summary>
/// <param name="Rows">Number of rows in the text.</param>
/// <param name="Keep">Says which rows, counted from 0, belong to the array.</param>
internal sealed record SparseTextDecoder(int Rows, Func<int, bool> Keep) : Decoder
{
    /// <summary>Room for a class and for <c> 300:1</c> on every feature.</summary>
    private const int MostPerFeature = 8;

    public override byte[] Decode(string path, DataFile file)
    {
        string name = Path.GetFileName(path);
        int columns = (int)file.Shape[1];
        string text = Encoding.Latin1.GetString(Payload.Whole(path, (long)Rows * columns * MostPerFeature));
        string[] lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length != Rows)
            throw new DataException(name, FormattableString.Invariant($"holds {lines.Length} rows, expected {Rows}"));

        byte[] bits = new byte[file.Bytes];
        int row = 0;
        for (int line = 0; line < lines.Length; line++)
        {
            if (!Keep(line))
                continue;
            if (row == file.Shape[0])
                throw new DataException(name, FormattableString.Invariant($"yields more than {row} rows"));
            foreach (string pair in lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1))
            {
                bool sound = pair.EndsWith(":1", StringComparison.Ordinal)
                    & int.TryParse(pair.AsSpan(0, Math.Max(0, pair.Length - 2)), NumberStyles.None, CultureInfo.InvariantCulture, out int feature);
                if (!sound || feature < 1 || feature > columns)
                    throw new DataException(name, FormattableString.Invariant($"damaged at line {line + 1}: '{pair}' is not one of 1:1 to {columns}:1"));
                bits[(row * columns) + feature - 1] = 1;
            }

            row++;
        }

        return row == file.Shape[0] ? bits : throw new DataException(name, FormattableString.Invariant($"yields {row} rows, expected {file.Shape[0]}"));
    }
}
