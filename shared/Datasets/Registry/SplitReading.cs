using System.Security.Cryptography;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>Reads a data set's splits and asserts what the registry says of them.</summary>
internal static class SplitReading
{
    /// <summary>Reads all splits.</summary>
    /// <exception cref="DataException">A file could not be had, or a split is not what the registry says.</exception>
    public static IReadOnlyList<SplitBytes> Read(DataSetEntry entry, Acquisition acquisition, CancellationToken cancellation)
    {
        Dictionary<string, byte[]> files = [];
        foreach (DataFile file in entry.Files)
            files[file.Name] = acquisition.Obtain(file, cancellation);

        IReadOnlyList<SplitBytes> splits = [.. entry.Splits.Select(split => Cut(split, files))];
        foreach (SplitBytes split in splits)
            SplitChecks.RequireValues(entry, split);
        SplitChecks.RequireDisjoint(entry, splits);
        return splits;
    }

    private static SplitBytes Cut(SplitEntry split, Dictionary<string, byte[]> files)
    {
        byte[] examples = Rows(split, split.Examples, files);
        byte[]? labels = split.Labels is null ? null : Rows(split, split.Labels, files);
        return new SplitBytes(split, examples, labels, Convert.ToHexStringLower(SHA256.HashData(examples)));
    }

    private static byte[] Rows(SplitEntry split, DataFile file, Dictionary<string, byte[]> files)
    {
        byte[] all = files[file.Name];
        if (split.First == 0 && split.Count == file.Shape[0])
            return all;
        int row = (int)(file.Bytes / file.Shape[0]);
        return all.AsSpan((int)split.First * row, (int)split.Count * row).ToArray();
    }
}
