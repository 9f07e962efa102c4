using Replications.Datasets.Registry;
using Replications.Datasets.Sources;
using Xunit.Abstractions;

namespace Replications.Datasets.Tests.Registry;

/// <summary>Where real files are on this machine, if anywhere.</summary>
internal static class RealData
{
    /// <summary>The mirror named in the environment, or the folder <c>shared/data</c> beside the repository.</summary>
    public static string? Mirror { get; } = new DataOptions().Mirror ?? Beside();

    /// <summary>Says why a test that needs a file does nothing; null when it can run.</summary>
    public static string? Missing(DataSetEntry entry) =>
        Mirror is null ? $"no mirror folder: {DataOptions.MirrorVariable} is not set and there is no ../shared/data"
        : entry.Files.FirstOrDefault(f => !f.Sources.Any(s => Acquisition.InMirror(f, s, Mirror) is not null)) is { } file ? $"mirror {Mirror} has no file for {file.Name}"
        : null;

    /// <summary>Tells that nothing was tested, where a person sees it.</summary>
    public static void Tell(ITestOutputHelper output, string what, string why)
    {
        string line = $"NOT TESTED on real data: {what}: {why}";
        output.WriteLine(line);
        Console.WriteLine(line);
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
