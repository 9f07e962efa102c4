namespace Replications.Properties.Tests.Registered;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Replications.sln")))
            root = root.Parent;
        return root?.FullName ?? throw new DirectoryNotFoundException($"no Replications.sln above {AppContext.BaseDirectory}");
    }
}
