namespace Replications.Datasets;

/// <summary>Where data come from and where they are kept.</summary>
public sealed record DataOptions
{
    /// <summary>Environment variable that names a local mirror folder.</summary>
    public const string MirrorVariable = "REPLICATIONS_DATA_MIRROR";

    /// <summary>Environment variable that names the cache folder.</summary>
    public const string CacheVariable = "REPLICATIONS_DATA";

    /// <summary>Folder with the data sets' files, asked before anything else; null for none.</summary>
    public string? Mirror { get; init; } = FromEnvironment(MirrorVariable);

    /// <summary>Folder for downloads and decoded bytes.</summary>
    public string Cache { get; init; } = FromEnvironment(CacheVariable) ?? DefaultCache();

    /// <summary>True when nothing may be fetched: only cache and mirror are read.</summary>
    public bool Offline { get; init; }

    /// <summary>Receives one line for every step that takes time: a download, a quarantine.</summary>
    public Action<string>? Report { get; init; }

    private static string? FromEnvironment(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary><c>data/cache</c> under the repository root, or the user's cache folder when the program runs elsewhere.</summary>
    private static string DefaultCache()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Replications.sln")))
                return Path.Combine(folder.FullName, "data", "cache");
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(FromEnvironment("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache"), "replications");
    }
}
