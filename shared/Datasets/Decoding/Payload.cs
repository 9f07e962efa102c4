using System.IO.Compression;
using Replications.Datasets.Formats;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Decoding;

/// <summary>Files inside packages, by the package's file name: <c>.tgz</c>, <c>.tar.gz</c>, <c>.deb</c>; or a file by itself. A trailing <c>.gz</c> is undone.</summary>
internal static class Payload
{
    /// <summary>Reads the members of a package.</summary>
    /// <param name="path">Package.</param>
    /// <param name="members">Paths inside it.</param>
    /// <param name="limit">Most bytes of one member, decompressed.</param>
    public static IReadOnlyList<byte[]> Members(string path, IReadOnlyList<string> members, long limit)
    {
        string file = Path.GetFileName(path);
        IReadOnlyList<byte[]> found;
        if (file.EndsWith(".deb", StringComparison.Ordinal))
        {
            found = ClientProcess.Read("dpkg-deb", ["--fsys-tarfile", Path.GetFullPath(path)], ".", s => TarMembers.Read(s, file, members, limit));
        }
        else
        {
            using FileStream stream = File.OpenRead(path);
            using GZipStream tar = new(stream, CompressionMode.Decompress);
            found = TarMembers.Read(tar, file, members, limit);
        }

        return [.. found.Select((bytes, i) => Unzipped(bytes, members[i], limit))];
    }

    /// <summary>Reads a file by itself.</summary>
    /// <param name="path">File.</param>
    /// <param name="limit">Most bytes, decompressed.</param>
    public static byte[] Whole(string path, long limit)
    {
        string file = Path.GetFileName(path);
        long length = new FileInfo(path).Length;
        return length <= limit
            ? Unzipped(File.ReadAllBytes(path), file, limit)
            : throw new DataException(file, FormattableString.Invariant($"oversized: {length} bytes, expected at most {limit}"));
    }

    private static byte[] Unzipped(byte[] bytes, string file, long limit) =>
        file.EndsWith(".gz", StringComparison.Ordinal) ? GzipReader.Read(bytes, file, limit) : bytes;
}
