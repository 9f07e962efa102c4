using System.Formats.Tar;

namespace Replications.Datasets.Formats;

/// <summary>Named members of a tar archive, read into memory; nothing is ever written where the archive says.</summary>
public static class TarMembers
{
    /// <summary>Packages hold some tens of files; an archive with more than this is not one of them.</summary>
    private const int MostEntries = 10_000;

    /// <summary>And none unpacks to more than this.</summary>
    private const long MostBytes = 1L << 30;

    /// <summary>Reads the members asked for.</summary>
    /// <param name="stream">The archive, decompressed.</param>
    /// <param name="file">Archive, for messages.</param>
    /// <param name="members">Paths inside the archive, without a leading <c>./</c>.</param>
    /// <param name="limit">Most bytes of one member.</param>
    /// <returns>The members' bytes, in the order asked.</returns>
    /// <exception cref="DataException">A member is missing, doubled, a link or too large; a path leaves the archive; the archive is cut.</exception>
    public static IReadOnlyList<byte[]> Read(Stream stream, string file, IReadOnlyList<string> members, long limit)
    {
        byte[]?[] found = new byte[]?[members.Count];
        try
        {
            using TarReader reader = new(stream, leaveOpen: true);
            int entries = 0;
            long total = 0;
            while (reader.GetNextEntry() is { } entry)
            {
                if (++entries > MostEntries)
                    throw new DataException(file, FormattableString.Invariant($"oversized: more than {MostEntries} entries"));
                total += entry.Length;
                if (total > MostBytes)
                    throw new DataException(file, FormattableString.Invariant($"oversized: unpacks to more than {MostBytes} bytes"));
                string name = SafeName(entry.Name, file);
                int wanted = members.TakeWhile(m => m != name).Count();
                if (wanted == members.Count)
                    continue;
                if (found[wanted] is not null)
                    throw new DataException(file, $"holds '{name}' twice");
                found[wanted] = Content(entry, file, name, limit);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new DataException(file, $"damaged or truncated archive: {e.Message}", e);
        }

        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is null)
                throw new DataException(file, $"holds no '{members[i]}'");
        }

        return found!;
    }

    private static byte[] Content(TarEntry entry, string file, string name, long limit)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new DataException(file, $"'{name}' is a {entry.EntryType}, expected a regular file");
        if (entry.Length > limit)
            throw new DataException(file, FormattableString.Invariant($"'{name}' is oversized: {entry.Length} bytes, expected at most {limit}"));
        byte[] bytes = new byte[entry.Length];
        entry.DataStream?.Fill(bytes, file, $"'{name}'");
        return bytes;
    }

    /// <summary>An archive with a path that points outside itself is hostile, whatever else it holds.</summary>
    private static string SafeName(string name, string file)
    {
        string[] parts = name.Split('/');
        if (name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
            || parts.Contains("..") || (name.Length > 1 && name[1] == ':'))
        {
            throw new DataException(file, $"refused: entry '{name}' points outside the archive");
        }

        return string.Join('/', parts.Where(p => p is not ("" or ".")));
    }
}
