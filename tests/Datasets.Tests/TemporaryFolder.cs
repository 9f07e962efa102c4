namespace Replications.Datasets.Tests;

/// <summary>A folder of the test's own, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("datasets-tests-").FullName;

    public string File(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public string[] Files(string folder) =>
        Directory.Exists(System.IO.Path.Combine(Path, folder)) ? Directory.GetFiles(System.IO.Path.Combine(Path, folder), "*", SearchOption.AllDirectories) : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
