using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Finds the native library: named by REPLICATIONS_NATIVE, beside the program, or built in artifacts/native of a parent folder.</summary>
internal static class NativeLibraryLocator
{
    internal const string LibraryName = "replications_torch";
    private const string FileName = "libreplications_torch.so";
    private const string Variable = "REPLICATIONS_NATIVE";

    internal static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != LibraryName)
            return 0;
        string path = Find();
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException($"{path} cannot be loaded: {error.Message} Run the set-up again (tests/run.sh or run-all.sh).", error);
        }
    }

    private static string Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named)
                ? named
                : throw new DllNotFoundException($"{Variable} names {named}, which does not exist. Run the set-up (tests/run.sh or run-all.sh).");
        }

        string beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (File.Exists(beside))
            return beside;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string built = Path.Combine(folder.FullName, "artifacts", "native", FileName);
            if (File.Exists(built))
                return built;
        }

        throw new DllNotFoundException(
            $"The native library {FileName} is not there. Run the set-up, which builds it against the installed libtorch: tests/run.sh or run-all.sh.");
    }
}
