using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Replications.Datasets.Formats;

namespace Replications.Datasets.Registry;

/// <summary>What is asserted of a split after it was read.</summary>
internal static class SplitChecks
{
    /// <summary>Means are registered with six decimals.</summary>
    private const double MeanRounding = 0.51e-6;

    /// <summary>Asserts range and mean.</summary>
    /// <exception cref="DataException">They are not the registered ones.</exception>
    public static void RequireValues(DataSetEntry entry, SplitBytes split)
    {
        string where = $"{entry.Id}, {split.Entry.Split} split";
        bool real = split.Entry.Examples.Type is ElementType.Float32;
        if (entry.Kind is ValueKind.Bits && split.Examples.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1))
            throw new DataException(where, "holds values other than 0 and 1");

        double mean = real ? Mean(MemoryMarshal.Cast<byte, float>(split.Examples), where) : Mean(split.Examples);
        if (!(Math.Abs(mean - split.Entry.Mean) <= MeanRounding))
            throw new DataException(where, FormattableString.Invariant($"has mean {mean:F6}, expected {split.Entry.Mean:F6}"));
    }

    /// <summary>Asserts that no example is in two splits.</summary>
    /// <exception cref="DataException">One is.</exception>
    public static void RequireDisjoint(DataSetEntry entry, IReadOnlyList<SplitBytes> splits)
    {
        if (entry.Disjoint is Disjointness.NotAsserted)
            return;
        Dictionary<UInt128, (Split Split, long Row)> seen = [];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (SplitBytes split in splits)
        {
            byte[] bytes = entry.Disjoint is Disjointness.Labels ? split.Labels! : split.Examples;
            int row = bytes.Length / (int)split.Entry.Count;
            for (int i = 0; i < split.Entry.Count; i++)
            {
                SHA256.HashData(bytes.AsSpan(i * row, row), digest);
                UInt128 key = MemoryMarshal.Read<UInt128>(digest);
                if (seen.TryGetValue(key, out (Split Split, long Row) other) && other.Split != split.Entry.Split)
                    throw new DataException(entry.Id, FormattableString.Invariant($"splits are not disjoint: row {i} of {split.Entry.Split} is row {other.Row} of {other.Split}"));
                seen[key] = (split.Entry.Split, i);
            }
        }
    }

    private static double Mean(ReadOnlySpan<byte> values)
    {
        long sum = 0;
        foreach (byte value in values)
            sum += value;
        return (double)sum / values.Length;
    }

    private static double Mean(ReadOnlySpan<float> values, string where)
    {
        double sum = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw new DataException(where, "holds a value that is not finite");
            sum += value;
        }

        return sum / values.Length;
    }
}
