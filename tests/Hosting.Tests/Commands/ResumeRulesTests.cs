using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Hosting.Commands;

namespace Replications.Hosting.Tests.Commands;

public class ResumeRulesTests
{
    [Theory]
    // Found: its parts, what it was last made with. Then what it goes on as, after which update; its parts from then on.
    [InlineData("", "a", "a", 100, "")]
    [InlineData("", "a", "b", 100, "100a")]
    [InlineData("100a", "b", "b", 150, "100a")]
    [InlineData("100a", "b", "c", 150, "100a 150b")]
    // A start that made no update.
    [InlineData("", "a", "b", 0, "")]
    [InlineData("100a", "b", "a", 100, "")]
    [InlineData("100a", "b", "c", 100, "100a")]
    // Taken up from before the end of what was recorded.
    [InlineData("100a 150b", "c", "d", 120, "100a 120b")]
    [InlineData("100a 150b", "c", "d", 80, "80a")]
    [InlineData("100a 150b", "c", "a", 80, "")]
    // There and back.
    [InlineData("100a", "b", "a", 150, "100a 150b")]
    public void The_parts_of_a_run_are_what_its_updates_were_made_with(string found, string last, string now, long step, string parts)
    {
        RunRecord earlier = Record(last) with { Earlier = [.. found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Part)] };
        Assert.Equal(parts, string.Join(' ', ResumeRules.Parts(earlier, Record(now), step).Select(p => FormattableString.Invariant($"{p.Steps}{p.Commit}"))));
    }

    /// <summary>Another driver is another arithmetic, of a run that computed on the GPU.</summary>
    [Theory]
    [InlineData("cuda:0", 1)]
    [InlineData("cpu", 0)]
    public void Another_GPU_is_said_where_it_computed(string device, int warnings)
    {
        RunRecord On(string gpu) => Record("a") with
        {
            Hardware = new HardwareRecord("A processor", 2, 8L << 30, gpu, "Debian 12"),
            Engine = Record("a").Engine with { Device = device },
        };
        Assert.Empty(ResumeRules.Warnings(On("A card, driver 1.0"), On("A card, driver 1.0")));
        Assert.Equal(warnings, ResumeRules.Warnings(On("A card, driver 1.0"), On("A card, driver 1.1")).Count());
    }

    [Fact]
    public void Other_kernels_are_said()
    {
        static RunRecord In(params (string Name, string Value)[] environment) =>
            Record("a") with { Environment = environment.ToDictionary(e => e.Name, e => e.Value) };

        Assert.Empty(ResumeRules.Warnings(In(), In(("dotnet", "10.0.1"), ("OMP_NUM_THREADS", "2"))));
        Assert.Empty(ResumeRules.Warnings(In(("dotnet", "10.0.1")), In(("dotnet", "10.0.1"), ("libraries", "libopenblas.so"))));
        Assert.Equal(["libraries: \"a\" -> \"b\""], ResumeRules.Warnings(In(("libraries", "a")), In(("libraries", "b"))));
        Assert.Equal(["ATEN_CPU_CAPABILITY: (absent) -> \"avx2\""], ResumeRules.Warnings(In(("dotnet", "10.0.1")), In(("dotnet", "10.0.1"), ("ATEN_CPU_CAPABILITY", "avx2"))));
    }

    private static EarlierPart Part(string text)
    {
        RunRecord made = Record(text[^1..]);
        return new EarlierPart(long.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture), made.Commit, made.Dirty, made.Hardware.Cpu, made.Engine);
    }

    private static RunRecord Record(string commit) => new()
    {
        Replication = "toy",
        Experiment = "net",
        Profile = "paper",
        Seed = 1,
        State = RunState.Interrupted,
        Reduced = false,
        Recipe = new JsonObject(),
        Command = "",
        Commit = commit,
        Dirty = false,
        Started = DateTimeOffset.UnixEpoch,
        Written = DateTimeOffset.UnixEpoch,
        Hardware = new HardwareRecord("A processor", 2, 8L << 30, null, "Debian 12"),
        Engine = new EngineRecord("Libtorch", "1.13.1", "cpu", "float32", 2, "same bytes on the same machine"),
        Data = [],
    };
}
