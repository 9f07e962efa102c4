namespace Replications.Datasets.Sources;

/// <summary>Brings a source's file from one kind of origin.</summary>
internal interface IFetcher
{
    /// <summary>Writes the file.</summary>
    /// <param name="source">A source of this fetcher's origin.</param>
    /// <param name="destination">A path that does not exist yet, in a folder that does. Whatever is left there after an error is deleted by the caller.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    /// <exception cref="DataException">The file could not be brought; the message says why.</exception>
    void Fetch(Source source, string destination, CancellationToken cancellation);
}
