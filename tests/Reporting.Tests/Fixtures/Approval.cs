using System.Runtime.CompilerServices;

namespace Replications.Reporting.Tests.Fixtures;

/// <summary>Compares text with an approved file. With REPLICATIONS_APPROVE=1 in the environment the file is written first.</summary>
internal static class Approval
{
    public static void Check(string name, string text, [CallerFilePath] string caller = "")
    {
        string tests = Path.GetDirectoryName(caller)!;
        while (!File.Exists(Path.Combine(tests, "Reporting.Tests.csproj")))
            tests = Path.GetDirectoryName(tests)!;
        string approved = Path.Combine(tests, "Approved", name);
        if (Environment.GetEnvironmentVariable("REPLICATIONS_APPROVE") == "1")
            File.WriteAllText(approved, text);
        string received = Path.Combine(AppContext.BaseDirectory, "received-" + name);
        File.WriteAllText(received, text);
        Assert.True(File.Exists(approved), $"there is no {approved}; received {received}");
        Assert.Equal(File.ReadAllText(approved), text);
    }
}
