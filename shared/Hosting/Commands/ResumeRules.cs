using System.Text.Json.Nodes;
using Replications.Claims;

namespace Replications.Hosting.Commands;

/// <summary>When a run may be taken up again.</summary>
internal static class ResumeRules
{
    /// <summary>
    /// Differences that make it another run: constants and precision always; while it is unfinished the device, and what its claims hold it to, since it would
    /// get no verdict in the end.
    /// </summary>
    public static IReadOnlyList<string> Refusals(RunRecord earlier, RunRecord now)
    {
        List<string> lines = [.. RecipeDifference.Lines(earlier.Recipe, now.Recipe)];
        bool finished = earlier.State == RunState.Succeeded;
        lines.AddRange(RecipeDifference.Lines(Arithmetic(earlier.Engine, finished), Arithmetic(now.Engine, finished)));
        if (!finished && earlier.Declared.Count > 0 && now.Declared.Count > 0 && !earlier.Declared.SequenceEqual(now.Declared))
            lines.Add($"declared: {string.Join("; ", earlier.Declared)} -> {string.Join("; ", now.Declared)}");
        return lines;
    }

    /// <summary>Differences that are allowed and said: byte-identity with an uninterrupted run is not promised across them.</summary>
    public static IEnumerable<string> Warnings(RunRecord earlier, RunRecord now) =>
        RecipeDifference.Lines(Circumstances(Made(earlier)), Circumstances(Made(now)))
            .Concat(RecipeDifference.Lines(Surroundings(earlier, now), Surroundings(now, earlier)));

    /// <summary>The parts of a run's training before it is taken up, as its record shall say from then on.</summary>
    /// <param name="earlier">The record that was found.</param>
    /// <param name="now">What it goes on as.</param>
    /// <param name="step">The update after which it goes on; what was made beyond it is lost.</param>
    public static IReadOnlyList<EarlierPart> Parts(RunRecord earlier, RunRecord now, long step)
    {
        List<EarlierPart> parts = [];
        void End(EarlierPart next)
        {
            // What follows was made in the same way: one part.
            if (parts.Count > 0 && parts[^1] with { Steps = 0 } == next with { Steps = 0 })
                parts.RemoveAt(parts.Count - 1);
        }

        foreach (EarlierPart part in earlier.Earlier.Append(Made(earlier)))
        {
            long end = Math.Min(part.Steps, step);
            // A start that made no update leaves no trace.
            if (end <= (parts.Count > 0 ? parts[^1].Steps : 0))
                continue;
            End(part);
            parts.Add(part with { Steps = end });
        }

        End(Made(now));
        return parts;
    }

    // Without an end of its own.
    private static EarlierPart Made(RunRecord record) => new(
        long.MaxValue, record.Commit, record.Dirty, record.Hardware.Cpu, record.Engine, record.Engine.Device == "cpu" ? null : record.Hardware.Gpu);

    private static JsonObject Arithmetic(EngineRecord engine, bool finished)
    {
        var arithmetic = new JsonObject { ["precision"] = engine.Precision };
        if (!finished)
            arithmetic["device"] = engine.Device;
        return arithmetic;
    }

    // Records do not name as much from the beginning; a variable, in capitals, says something by not being set too.
    private static JsonObject Surroundings(RunRecord record, RunRecord other) => new(
        record.Environment.Where(e => other.Environment.ContainsKey(e.Key) || (other.Environment.Count > 0 && char.IsUpper(e.Key[0])))
            .Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value)));

    private static JsonObject Circumstances(EarlierPart part) => new()
    {
        ["commit"] = part.Commit,
        ["dirty"] = part.Dirty,
        ["engine"] = part.Engine.Name,
        ["libtorch"] = part.Engine.Libtorch,
        ["threads"] = part.Engine.Threads,
        ["cpu"] = part.Cpu,
        ["gpu"] = part.Gpu,
    };
}
