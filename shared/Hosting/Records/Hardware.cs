using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Replications.Claims;

namespace Replications.Hosting.Records;

/// <summary>The machine as Linux describes it in /proc.</summary>
internal static partial class Hardware
{
    // Those that libtorch, oneDNN, OpenBLAS and this suite's own kernels choose by.
    private static readonly string[] Instructions =
        ["avx", "avx2", "fma", "avx512f", "avx512_bf16", "avx512_fp16", "avx_vnni", "amx_bf16", "asimd", "sve", "bf16"];

    /// <summary>Processor, cores this process may use, memory, GPU.</summary>
    public static HardwareRecord Read()
    {
        string[] cpu = Lines("/proc/cpuinfo");
        return new HardwareRecord(
            Field(cpu, "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(), PhysicalCores(cpu),
            Kilobytes("/proc/meminfo", "MemTotal"), Gpu(), RuntimeInformation.OSDescription);
    }

    /// <summary>
    /// The .NET of this process, what it computes products with, the processor by its numbers and instruction sets, since names such as "AMD EPYC" say neither,
    /// and the variables, where they are set, on which kernels and rounding depend.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Surroundings()
    {
        var known = new Dictionary<string, string> { ["dotnet"] = Environment.Version.ToString() };
        string[] cpu = Lines("/proc/cpuinfo");
        if (Field(cpu, "vendor_id") is { } vendor)
            known["processor"] = $"{vendor} family {Field(cpu, "cpu family")} model {Field(cpu, "model")}";
        // arm64 calls them features.
        if ((Field(cpu, "flags") ?? Field(cpu, "Features")) is { } flags)
            known["instructions"] = string.Join(' ', Instructions.Intersect(flags.Split(' ')));
        if (Libraries(Lines("/proc/self/maps")) is { Length: > 0 } libraries)
            known["libraries"] = libraries;
        foreach (string name in (string[])["OMP_NUM_THREADS", "OPENBLAS_CORETYPE", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "CUDA_VISIBLE_DEVICES"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                known[name] = value;
        }

        return known;
    }

    /// <summary>Threads of one operator where nothing else is said.</summary>
    public static int DefaultThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0
            ? threads
            : PhysicalCores(Lines("/proc/cpuinfo"));

    /// <summary>Largest resident memory of this process so far, bytes.</summary>
    public static long PeakMemory() => Kilobytes("/proc/self/status", "VmHWM");

    private static int PhysicalCores(string[] cpu)
    {
        var cores = new HashSet<(string, string)>();
        string socket = "";
        foreach (string line in cpu)
        {
            if (Value(line, "physical id") is { } id)
                socket = id;
            else if (Value(line, "core id") is { } core)
                cores.Add((socket, core));
        }

        // A container may be allowed fewer than the machine has.
        return cores.Count == 0 ? Environment.ProcessorCount : Math.Min(cores.Count, Environment.ProcessorCount);
    }

    /// <summary>The first card and the version of its driver, on which results depend as well; null where there is none.</summary>
    /// <param name="folder">What the driver tells.</param>
    internal static string? Gpu(string folder = "/proc/driver/nvidia")
    {
        string cards = Path.Combine(folder, "gpus");
        string? model = Directory.Exists(cards)
            ? Directory.EnumerateDirectories(cards).Order(StringComparer.Ordinal).Select(card => Field(Lines(Path.Combine(card, "information")), "Model")).FirstOrDefault()
            : null;
        string? driver = Field(Lines(Path.Combine(folder, "version")), "NVRM version");
        Match version = Regex.Match(driver ?? "", @"\b[0-9]+\.[0-9]+(\.[0-9]+)?\b");
        return model is not null && version.Success ? $"{model}, driver {version.Value}" : model;
    }

    /// <summary>The files of the linear algebra that a process has loaded, by their names, which mostly carry versions.</summary>
    /// <param name="maps">Lines of its maps.</param>
    internal static string Libraries(IEnumerable<string> maps) => string.Join(
        ' ', maps.Select(line => Path.GetFileName(line)).Where(name => Algebra().IsMatch(name)).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^lib(openblas|mkl|blis|cublas|cudnn|dnnl|torch_cpu)[^/]*\.so[.0-9]*$")]
    private static partial Regex Algebra();

    private static long Kilobytes(string path, string name) =>
        Field(Lines(path), name) is { } value && long.TryParse(value.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            ? kilobytes * 1024
            : 0;

    private static string? Field(string[] lines, string name) => lines.Select(line => Value(line, name)).FirstOrDefault(v => v is not null);

    private static string? Value(string line, string name)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line.AsSpan(0, colon).Trim().SequenceEqual(name) ? line[(colon + 1)..].Trim() : null;
    }

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
