using System.Text;

namespace Replications.Reporting;

/// <summary>Writes files whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes to a temporary name beside the file, then renames.</summary>
    public static void Write(string path, byte[] content)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = path + ".writing";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));
}
