namespace Replications.Datasets.Sources;

/// <summary><c>apt-get download</c>: the package file, nothing of it installed; needs no privileges.</summary>
internal sealed class DebianFetcher : IFetcher
{
    public void Fetch(Source source, string destination, CancellationToken cancellation)
    {
        string folder = Directory.CreateDirectory(destination + ".apt").FullName;
        try
        {
            ClientProcess.Run("apt-get", ["download", "-q", source.Locator], folder, cancellation);
            string[] packages = Directory.GetFiles(folder, "*.deb");
            if (packages.Length != 1)
                throw new DataException("apt-get", FormattableString.Invariant($"left {packages.Length} packages, expected one"));
            File.Move(packages[0], destination);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
