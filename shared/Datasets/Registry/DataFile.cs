using System.Security.Cryptography;
using Replications.Datasets.Formats;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>One array of a data set, known by the hash of its decoded bytes.</summary>
public sealed record DataFile
{
    /// <summary>Family and part, for example <c>binarized_mnist.train</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Type of the elements.</summary>
    public ElementType Type { get; init; } = ElementType.UInt8;

    /// <summary>Length of each axis, the examples first.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>SHA-256 of the array's bytes, row-major and little endian, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>SHA-256 of the rows sorted by their bytes, given only where the order of the rows is known not to matter; then any order is right.</summary>
    public string? SortedRowsSha256 { get; init; }

    /// <summary>Where the file can be had, in the order in which they are asked.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>Bytes of the array.</summary>
    public long Bytes => Shape.Aggregate((long)DataArray.SizeOf(Type), (product, axis) => product * axis);

    /// <summary>First part of the name: files of a family share folders in cache and mirror.</summary>
    public string Family => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Says how bytes differ from this file.</summary>
    /// <returns>A sentence, or null when they are this file.</returns>
    public string? Problem(byte[] bytes)
    {
        if (bytes.Length != Bytes)
            return FormattableString.Invariant($"decodes to {bytes.Length} bytes, expected {Bytes}");
        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (found == Sha256 || (SortedRowsSha256 is not null && SortedHash(bytes, (int)(Bytes / Shape[0])) == SortedRowsSha256))
            return null;
        return $"the decoded bytes have SHA-256 {found}, expected {Sha256}";
    }

    private static string SortedHash(byte[] bytes, int row)
    {
        int[] starts = [.. Enumerable.Range(0, bytes.Length / row).Select(i => i * row)];
        Array.Sort(starts, (a, b) => bytes.AsSpan(a, row).SequenceCompareTo(bytes.AsSpan(b, row)));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int start in starts)
            hash.AppendData(bytes, start, row);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
