namespace Replications.Hosting.Records;

/// <summary>
/// Length of the part of a metrics.csv that a checkpoint counts. The checkpoint counts rows, not bytes: a row holds seconds,
/// which differ from run to run in their number of digits.
/// </summary>
internal static class MetricsLength
{
    /// <summary>Bytes of the header and the first rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Rows that stand; 0 asks for nothing, not even the header.</param>
    /// <exception cref="InvalidDataException">The file has fewer rows.</exception>
    public static long OfRows(string path, long rows)
    {
        if (rows == 0)
            return 0;
        long lines = 0;
        if (File.Exists(path))
        {
            using var file = new BufferedStream(File.OpenRead(path), 1 << 16);
            for (int b = file.ReadByte(); b >= 0; b = file.ReadByte())
            {
                if (b == '\n' && ++lines == rows + 1)
                    return file.Position;
            }
        }

        throw new InvalidDataException(FormattableString.Invariant($"{path} has {Math.Max(lines - 1, 0)} rows, but the checkpoint counts {rows}: it was cut or replaced since; begin again with --fresh"));
    }
}
