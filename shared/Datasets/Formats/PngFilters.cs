namespace Replications.Datasets.Formats;

/// <summary>The five scan-line filters of PNG, undone.</summary>
internal static class PngFilters
{
    /// <summary>Undoes a filter in place.</summary>
    /// <param name="filter">0 none, 1 sub, 2 up, 3 average, 4 Paeth.</param>
    /// <param name="row">Filtered row in, pixels out.</param>
    /// <param name="above">The row above, zeros for the first.</param>
    /// <param name="pixel">Bytes per pixel.</param>
    /// <param name="file">File, for messages.</param>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixel, string file)
    {
        switch (filter)
        {
            case 0:
                return;
            case 1:
                for (int i = pixel; i < row.Length; i++)
                    row[i] += row[i - pixel];
                return;
            case 2:
                for (int i = 0; i < row.Length; i++)
                    row[i] += above[i];
                return;
            case 3:
                for (int i = 0; i < row.Length; i++)
                    row[i] += (byte)(((i < pixel ? 0 : row[i - pixel]) + above[i]) / 2);
                return;
            case 4:
                for (int i = 0; i < row.Length; i++)
                    row[i] += i < pixel ? above[i] : Paeth(row[i - pixel], above[i], above[i - pixel]);
                return;
            default:
                throw new DataException(file, FormattableString.Invariant($"damaged: row filter {filter} does not exist"));
        }
    }

    /// <summary>Whichever of left, above and upper left is nearest to left + above - upper left; ties in that order.</summary>
    private static byte Paeth(byte left, byte up, byte corner)
    {
        int toLeft = Math.Abs(up - corner);
        int toUp = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + up - (2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
