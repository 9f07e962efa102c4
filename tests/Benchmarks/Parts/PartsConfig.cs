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
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
        ArtifactsPath = Path.Combine(Path.GetTempPath(), "replications-benchmarks");
    }
}
