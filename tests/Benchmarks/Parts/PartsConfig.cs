using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Replications.Benchmarks.Parts;

/// <summary>How the small parts are measured: in this process, so that they see the same threads and allocator as a run does.</summary>
internal sealed class PartsConfig : ManualConfig
{
    public PartsConfig()
    {
        Add(DefaultConfig.Instance);
        // A benchmark of long steps takes more than the five minutes that are given by default.
        AddJob(Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(1), logOutput: true)));
        AddDiagnoser(MemoryDiagnoser.Default);
        ArtifactsPath = Path.Combine(Path.GetTempPath(), "replications-benchmarks");
    }
}
