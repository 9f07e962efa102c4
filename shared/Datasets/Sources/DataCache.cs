namespace Replications.Datasets.Sources;

/// <summary>
/// The cache folder. A file gets its name in <c>downloads</c> or <c>decoded</c> by one rename, after it was written whole under a
/// name of its own in <c>incoming</c> and verified; so processes that work at the same time never see half a file.
/// </summary>
internal sealed class DataCache
{
    private readonly string _root;

    /// <exception cref="DataException">The folder cannot be made or written.</exception>
    public DataCache(string root)
    {
        _root = Path.GetFullPath(root);
        try
        {
            foreach (string part in (string[])["downloads", "decoded", "incoming", "quarantine"])
                Directory.CreateDirectory(Path.Combine(_root, part));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(_root, $"the data cache cannot be made here; name another folder in {DataOptions.CacheVariable}: {e.Message}", e);
        }
    }

    /// <summary>Where a verified download is kept.</summary>
    public string Download(string family, Source source) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "downloads", family)).FullName, source.FileName);

    /// <summary>Where an array's bytes are kept: under their own hash.</summary>
    public string Decoded(string name, string sha256) => Decoded(_root, name, sha256);

    /// <summary>The same, in a cache that may not exist.</summary>
    public static string Decoded(string root, string name, string sha256) => Path.Combine(root, "decoded", $"{name}.{sha256[..16]}.bin");

    /// <summary>A path no other process uses.</summary>
    public string Incoming(string name) => Path.Combine(_root, "incoming", $"{Guid.NewGuid():N}-{name}");

    /// <summary>Gives a whole file its name, in one step.</summary>
    public static void Publish(string incoming, string final) => File.Move(incoming, final, overwrite: true);

    /// <summary>Writes bytes whole, then gives them their name.</summary>
    public void Store(byte[] bytes, string final)
    {
        string incoming = Incoming(Path.GetFileName(final));
        try
        {
            using (FileStream stream = new(incoming, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            Publish(incoming, final);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Puts a bad file of the cache aside.</summary>
    /// <returns>Where it is now.</returns>
    public string Quarantine(string path)
    {
        string aside = Aside(path);
        File.Move(path, aside);
        return aside;
    }

    /// <summary>Keeps a copy of a bad file that belongs to somebody else, and leaves the file alone.</summary>
    /// <returns>Where the copy is.</returns>
    public string QuarantineCopy(string path)
    {
        string aside = Aside(path);
        File.Copy(path, aside);
        return aside;
    }

    private string Aside(string path) =>
        Path.Combine(_root, "quarantine", $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss}-{Guid.NewGuid().ToString("N")[..8]}-{Path.GetFileName(path)}");
}
