using System.Runtime.CompilerServices;

namespace Replications.Claims.Tests;

/// <summary>Compares text with a file under <c>Approved/</c>. With REPLICATIONS_APPROVE=1 in the environment they are written first.</summary>
internal static class ApprovedText
{
    public static void Check(string name, string text, [CallerFilePath] string caller = "")
    {
        string folder = Path.GetDirectoryName(caller)!;
        while (!Directory.Exists(Path.Combine(folder, "Approved")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no Approved folder above {caller}");
        }

        string path = Path.Combine(folder, "Approved", name);
        if (Environment.GetEnvironmentVariable("REPLICATIONS_APPROVE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
