using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Hosting.Recipes;

namespace Replications.Hosting.Commands;

/// <summary>When a run may be taken up again.</summary>
internal static class ResumeRules
{
    /// <summary>Differences that make it another run: constants always, device and arithmetic while it is unfinished.</summary>
    public static IReadOnlyList<string> Refusals(RunRecord earlier, RunRecord now)
    {
        List<string> lines = [.. RecipeDifference.Lines(earlier.Recipe, now.Recipe)];
        if (earlier.State != RunState.Succeeded)
            lines.AddRange(RecipeDifference.Lines(Arithmetic(earlier.Engine), Arithmetic(now.Engine)));
        return lines;
    }

    /// <summary>Differences that are allowed and said: byte-identity with an uninterrupted run is not promised across them.</summary>
    public static IReadOnlyList<string> Warnings(RunRecord earlier, RunRecord now) =>
        [.. RecipeDifference.Lines(Circumstances(earlier), Circumstances(now))];

    /// <summary>What a run that goes on under other circumstances says of those it leaves.</summary>
    public static EarlierPart PartOf(RunRecord earlier) => new(earlier.Steps, earlier.Commit, earlier.Dirty, earlier.Hardware.Cpu, earlier.Engine);

    private static JsonObject Arithmetic(EngineRecord engine) => new() { ["device"] = engine.Device, ["precision"] = engine.Precision };

    private static JsonObject Circumstances(RunRecord record) => new()
    {
        ["commit"] = record.Commit,
        ["dirty"] = record.Dirty,
        ["engine"] = record.Engine.Name,
        ["libtorch"] = record.Engine.Libtorch,
        ["threads"] = record.Engine.Threads,
        ["cpu"] = record.Hardware.Cpu,
    };
}
