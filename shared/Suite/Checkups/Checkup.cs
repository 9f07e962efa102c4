using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Replications.Suite.Catalogues;

namespace Replications.Suite.Checkups;

/// <summary>Looks the machine over.</summary>
/// <param name="workplace">Where.</param>
/// <param name="results">The results folder.</param>
internal sealed class Checkup(Workplace workplace, string results)
{
    // A quick run leaves well under a gigabyte; below this a run may end by a full disk.
    private const long EnoughDisk = 2L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Everything found, in the order it is needed.</summary>
    /// <param name="catalogue">What there is.</param>
    public IReadOnlyList<Finding> Findings(Catalogue catalogue) =>
        [Runtime(), Native(), Gpu(), Disk(), Mirror(), .. Programs(catalogue)];

    private static Finding Runtime() =>
        new(".NET", Environment.Version.Major >= 10, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");

    private Finding Native()
    {
        string[] found = [.. NativeFiles()];
        return found.Length > 0
            ? new Finding("libtorch", true, "bound by " + found[0])
            : new Finding("libtorch", false, "no native part was built: ./run-all.sh finds a libtorch and builds it");
    }

    /// <summary>What set-up builds against the libtorch it found; the TorchSharp packages bring a file of their own.</summary>
    private IEnumerable<string> NativeFiles()
    {
        string artifacts = Path.GetDirectoryName(workplace.Programs)!;
        return Directory.Exists(artifacts)
            ? Directory.EnumerateFiles(artifacts, "*.so", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(f) is "libLibTorchSharp.so" || Path.GetFileName(f).StartsWith("libreplications", StringComparison.Ordinal))
            : [];
    }

    private Finding Gpu()
    {
        if (!workplace.HasGpu && !File.Exists("/dev/nvidiactl"))
        {
            return new Finding("GPU", null, "none: experiments that need one are left out and count as missing");
        }

        ProcessStartInfo start = new("nvidia-smi", ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string text = process.StandardOutput.ReadToEnd().Trim();
            return process.WaitForExit(Patience) && process.ExitCode == 0
                ? new Finding("GPU", true, text)
                : new Finding("GPU", false, "nvidia-smi failed: the driver does not answer");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Finding("GPU", false, "the driver is there, nvidia-smi is not");
        }
    }

    private Finding Disk()
    {
        string folder = results;
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        long free = new DriveInfo(folder).AvailableFreeSpace;
        return new Finding("disk", free >= EnoughDisk, string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB free at {folder}"));
    }

    private Finding Mirror()
    {
        string? mirror = workplace.Environment("REPLICATIONS_DATA_MIRROR");
        return string.IsNullOrEmpty(mirror)
            ? new Finding("data mirror", null, "none named (REPLICATIONS_DATA_MIRROR): data sets come from their own sources")
            : new Finding("data mirror", Directory.Exists(mirror), Directory.Exists(mirror) ? mirror : $"{mirror}: no such folder");
    }

    private static IEnumerable<Finding> Programs(Catalogue catalogue)
    {
        foreach (string replication in catalogue.Replications)
        {
            string[] problems = [.. catalogue.Problems.Where(p => p.Replication == replication).Select(p => p.Text)];
            int experiments = catalogue.Experiments.Count(e => e.Replication == replication);
            int claims = catalogue.Claims.Count(c => c.Replication == replication);
            yield return problems.Length > 0
                ? new Finding(replication, false, string.Join("; ", problems))
                : new Finding(replication, true, string.Create(CultureInfo.InvariantCulture, $"{experiments} experiments, {claims} claims"));
        }
    }
}
