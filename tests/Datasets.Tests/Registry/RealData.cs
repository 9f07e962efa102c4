using System.Collections.Concurrent;
using Replications.Datasets.Registry;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Tests.Registry;

/// <summary>Real files: from the mirror this machine has, else kept in the cache, fetched into it when need be.</summary>
internal static class RealData
{
    private static readonly ConcurrentDictionary<string, string?> Reasons = new();

    /// <summary>The mirror named in the environment, or the folder <c>shared/data</c> beside the repository.</summary>
    public static string? Mirror { get; } = new DataOptions().Mirror ?? Beside();

    /// <summary>Says why tests of a data set cannot be run; null when they can. Fetches what is missing, once per process.</summary>
    public static string? Missing(string id) => Reasons.GetOrAdd(id, Fetch);

    /// <summary>True when the mirror has every file, so that the cache need not be asked.</summary>
    public static bool Mirrored(DataSetEntry entry) =>
        Mirror is not null && entry.Files.All(f => f.Sources.Any(s => Acquisition.InMirror(f, s, Mirror) is not null));

    private static string? Fetch(string id)
    {
        DataSetEntry entry = DataSets.Find(id);
        DataOptions options = new() { Mirror = Mirror };
        if (Mirrored(entry) || DataSets.Plan(id, options).All(f => f.Here))
            return null;
        try
        {
            Acquisition acquisition = new(new DataCache(options.Cache), Mirror, Acquisition.Network, _ => { });
            foreach (DataFile file in entry.Files)
                acquisition.Obtain(file, CancellationToken.None);
            return null;
        }
        catch (DataException e)
        {
            // Test names show fifty letters: what the last source answered says most.
            return e.Message.ReplaceLineEndings("").Split("  - ")[^1];
        }
    }

    private static string? Beside()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Replications.sln")))
                continue;
            string beside = Path.Combine(folder.FullName, "..", "shared", "data");
            return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
        }

        return null;
    }
}
