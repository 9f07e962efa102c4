using Replications.Datasets.Loading;
using Replications.Datasets.Registry;
using Replications.Datasets.Sources;
using TorchSharp;

namespace Replications.Datasets;

/// <summary>The way to data: every data set by its id, fetched, verified and resident on a device.</summary>
public static class DataSets
{
    /// <summary>All data sets there are.</summary>
    public static IReadOnlyList<DataSetEntry> List() => Catalogue.Entries;

    /// <summary>What the registry knows of one.</summary>
    /// <exception cref="DataException">There is no such id; the message names the nearest.</exception>
    public static DataSetEntry Find(string id) => Catalogue.Find(id);

    /// <summary>Opens a data set: whole splits on the device, one tensor each.</summary>
    /// <param name="id">Registry id.</param>
    /// <param name="options">Mirror, cache, reports.</param>
    /// <param name="device">Where the tensors live.</param>
    /// <param name="cancellation">Stops between files and inside downloads.</param>
    /// <returns>The data set; the caller disposes it.</returns>
    /// <exception cref="DataException">There is no such id, or its bytes cannot be had or are wrong.</exception>
    public static DataSet Open(string id, DataOptions options, torch.Device device, CancellationToken cancellation = default)
    {
        DataSetEntry entry = Catalogue.Find(id);
        Acquisition acquisition = new(new DataCache(options.Cache), options.Mirror, Fetchers(options), options.Report ?? (_ => { }));
        IReadOnlyList<SplitBytes> splits = SplitReading.Read(entry, acquisition, cancellation);

        using DisposeScope scope = torch.NewDisposeScope();
        return new DataSet(
            id,
            splits.ToDictionary(s => s.Entry.Split, s => Residence.Examples(s, entry.Shape, device)),
            splits.Where(s => s.Labels is not null).ToDictionary(s => s.Entry.Split, s => Residence.Labels(s, device)))
        {
            Kind = entry.Kind,
            Sources = [.. splits.Select(s => new SplitSource(id, s.Entry.Split, s.Entry.Count, s.Sha256))],
        };
    }

    /// <summary>What <see cref="Open"/> would read, and what of it would have to be fetched. Touches no network and writes nothing.</summary>
    /// <exception cref="DataException">There is no such id.</exception>
    public static IReadOnlyList<PlannedFile> Plan(string id, DataOptions options) =>
        [.. Catalogue.Find(id).Files.Select(file => Plan(file, options))];

    private static PlannedFile Plan(DataFile file, DataOptions options)
    {
        if (File.Exists(DataCache.Decoded(options.Cache, file.Name, file.Sha256)))
            return new(file.Name, file.Bytes, "cache", Here: true);
        string? mirrored = options.Mirror is null ? null : file.Sources
            .Where(s => s.Decoder is not null)
            .Select(s => Acquisition.InMirror(file, s, options.Mirror))
            .FirstOrDefault(path => path is not null);
        if (mirrored is not null)
            return new(file.Name, file.Bytes, mirrored, Here: true);
        IReadOnlyDictionary<Origin, IFetcher> fetchers = Fetchers(options);
        Source? first = file.Sources.FirstOrDefault(s => s.Unread is null && fetchers.ContainsKey(s.Origin));
        return new(file.Name, file.Bytes, first?.ToString() ?? "only a mirror folder has it", Here: false);
    }

    private static IReadOnlyDictionary<Origin, IFetcher> Fetchers(DataOptions options) =>
        options.Offline ? new Dictionary<Origin, IFetcher>() : Acquisition.Network;
}
