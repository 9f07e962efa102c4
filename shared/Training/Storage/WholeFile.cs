using System.Security.Cryptography;

namespace Replications.Training.Storage;

/// <summary>Files that are whole or absent: written under another name, flushed, then renamed.</summary>
public static class WholeFile
{
    /// <summary>Writes a file so that a reader, also after a crash, sees the old content or the new, never a part.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="path">Final path; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>SHA-256 of the content, lower-case hexadecimal.</returns>
    /// <exception cref="StorageException">The disk refused; the file is as it was.</exception>
    public static string Replace(Disk disk, string path, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string name = Path.GetFileName(path);
        string hash = "";
        StorageException.Naming($"writing {name}", folder, () =>
        {
            string temporary = Path.Combine(folder, $".{name}.writing");
            hash = Write(disk, temporary, write);
            disk.RenameFile(temporary, path);
            disk.SyncFolder(folder);
        });
        return hash;
    }

    /// <summary>Writes and flushes a file under the name given.</summary>
    /// <returns>SHA-256 of the content, lower-case hexadecimal.</returns>
    internal static string Write(Disk disk, string path, Action<Stream> write)
    {
        using Stream file = disk.Create(path);
        using var hashing = new HashingStream(file);
        write(hashing);
        hashing.Flush();
        disk.Sync(file);
        return hashing.Hash();
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    internal static string Hash(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
