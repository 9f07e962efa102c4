using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Replications.Claims;

/// <summary>How a run ended. A run writes exactly one terminal state; <see cref="Running"/> is what a killed run leaves behind.</summary>
public enum RunState
{
    /// <summary>Under way, or killed without a word.</summary>
    Running,

    /// <summary>Ended with every measurement taken.</summary>
    Succeeded,

    /// <summary>Ended by an error, named in <see cref="RunRecord.Reason"/>.</summary>
    Failed,

    /// <summary>A quantity of an update or of an evaluation was not finite.</summary>
    Diverged,

    /// <summary>Stopped by a signal after saving; resumes where it stopped.</summary>
    Interrupted,
}

/// <summary>What an error bar is over.</summary>
public enum ErrorKind
{
    /// <summary>No error bar: the value is exact for this model and split, or a setting, or none is known.</summary>
    None,

    /// <summary>Standard error over test points of one fitted model.</summary>
    TestPoints,

    /// <summary>Standard error over the estimator's own random draws, for example AIS chains.</summary>
    MetricDraws,

    /// <summary>Half of a 95 % interval over training seeds.</summary>
    TrainingSeeds,
}

/// <summary>One number a run measured, with its error bar and what the bar is over.</summary>
/// <param name="Metric">Name, for example <c>nll</c>.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Checkpoint"><c>last</c> or <c>selected</c>.</param>
/// <param name="Value">The value, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit, for example <c>nats</c>.</param>
/// <param name="StandardError">Standard error, in the same unit; null without one.</param>
/// <param name="ErrorKind">What the standard error is over.</param>
/// <param name="Count">How many points or draws the value is over.</param>
/// <param name="Step">Updates made when it was taken.</param>
public sealed record MeasurementRecord(
    string Metric, string Split, string Checkpoint, double Value, string Unit,
    double? StandardError, ErrorKind ErrorKind, long Count, long Step);

/// <summary>Where a run was made.</summary>
public sealed record HardwareRecord(string Cpu, int PhysicalCores, long MemoryBytes, string? Gpu, string OperatingSystem);

/// <summary>What a run computed with.</summary>
/// <param name="Name"><c>Libtorch</c> or <c>TorchSharp</c>.</param>
/// <param name="Libtorch">Version of the libtorch used.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="Precision">Arithmetic of the matrix products: <c>float32</c> or <c>bfloat16</c>.</param>
/// <param name="Threads">Threads of one operator.</param>
/// <param name="Exactness">What repetition gives on this device, in words.</param>
public sealed record EngineRecord(string Name, string Libtorch, string Device, string Precision, int Threads, string Exactness);

/// <summary>A part of a run's training that was made otherwise than what follows.</summary>
/// <param name="Steps">The last update that was made so.</param>
/// <param name="Commit">Commit the program was built from.</param>
/// <param name="Dirty">True when the working tree differed from the commit.</param>
/// <param name="Cpu">The processor.</param>
/// <param name="Engine">What it computed with.</param>
/// <param name="Gpu">The GPU and its driver, where it computed on one.</param>
public sealed record EarlierPart(long Steps, string Commit, bool Dirty, string Cpu, EngineRecord Engine, string? Gpu = null);

/// <summary>One data split a run read.</summary>
public sealed record DataRecord(string Id, string Split, long Count, string Sha256);

/// <summary>One picture a run drew, in its own folder.</summary>
public sealed record PictureRecord(string File, string Title, string Caption);

/// <summary>Weights a run ended with, in its own folder: a run that is made again can be held against their hash.</summary>
/// <param name="File"><c>last.safetensors</c> or <c>selected.safetensors</c>.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
public sealed record WeightsRecord(string File, string Sha256);

/// <summary>Everything said about one run: the content of <c>run.json</c>.</summary>
public sealed record RunRecord
{
    /// <summary>Version of this file's form.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Replication name, lower case, for example <c>made</c>.</summary>
    public required string Replication { get; init; }

    /// <summary>Experiment name.</summary>
    public required string Experiment { get; init; }

    /// <summary>Profile: <c>quick</c> or <c>paper</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>Training seed.</summary>
    public required long Seed { get; init; }

    /// <summary>How the run ended.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it did not succeed, in one sentence; null when it did.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the recipe differs from the paper's: no verdict can be given.</summary>
    public required bool Reduced { get; init; }

    /// <summary>True when the value cannot depend on the seed, so that one run is exact.</summary>
    public bool Deterministic { get; init; }

    /// <summary>The resolved recipe, every constant.</summary>
    public required JsonObject Recipe { get; init; }

    /// <summary>What <c>--set</c> changed, name to value.</summary>
    public JsonObject Overrides { get; init; } = [];

    /// <summary>What the claims held this run to when it first began, <see cref="Claim.Declaration"/>; empty where nobody said.</summary>
    public IReadOnlyList<string> Declared { get; init; } = [];

    /// <summary>The exact command that makes this run again.</summary>
    public required string Command { get; init; }

    /// <summary>Commit the program was built from; empty outside version control.</summary>
    public required string Commit { get; init; }

    /// <summary>True when the working tree differed from the commit.</summary>
    public required bool Dirty { get; init; }

    /// <summary>When it first started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this state was written, UTC.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>Seconds spent over all starts, evaluation included.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of that spent in training steps.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>How often the run was taken up again.</summary>
    public int Resumes { get; init; }

    /// <summary>
    /// Parts, first to last, made at another commit, by another processor, libtorch or number of threads than what followed, so that taking the run up
    /// there was no byte-identical continuation. What came after the last of them was made as the other fields say.
    /// </summary>
    public IReadOnlyList<EarlierPart> Earlier { get; init; } = [];

    /// <summary>Largest resident memory, bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The most bytes that tensors took on the GPU; null on a CPU or where the engine cannot tell.</summary>
    public long? PeakGpuMemoryBytes { get; init; }

    /// <summary>Trainable parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>Updates made.</summary>
    public long Steps { get; init; }

    /// <summary>Passes over the training split.</summary>
    public double Epochs { get; init; }

    /// <summary>Update at which the selected weights were taken; null without selection.</summary>
    public long? SelectedStep { get; init; }

    /// <summary>Where it ran.</summary>
    public required HardwareRecord Hardware { get; init; }

    /// <summary>What it computed with.</summary>
    public required EngineRecord Engine { get; init; }

    /// <summary>Of the last start, name to value: the .NET it ran on, the processor's numbers and instruction sets, the libraries of its linear algebra, and what of the process environment chooses kernels or threads.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it read.</summary>
    public required IReadOnlyList<DataRecord> Data { get; init; }

    /// <summary>What it measured at the end.</summary>
    public IReadOnlyList<MeasurementRecord> Measurements { get; init; } = [];

    /// <summary>What it learned.</summary>
    public IReadOnlyList<WeightsRecord> Weights { get; init; } = [];

    /// <summary>What it drew.</summary>
    public IReadOnlyList<PictureRecord> Pictures { get; init; } = [];

    /// <summary>The versions of the source that it was made with, first to last: those of its parts before it was taken up, and that of the rest.</summary>
    [JsonIgnore]
    public IEnumerable<SourceVersion> Sources => [.. Earlier.Select(p => new SourceVersion(p.Commit, p.Dirty)), new SourceVersion(Commit, Dirty)];

    /// <summary>The record with the constants that are younger than it: it was made with what they are where nobody sets them.</summary>
    /// <param name="defaults">Every constant there is today, and that value.</param>
    public RunRecord Completed(JsonObject defaults)
    {
        JsonObject recipe = Recipe.DeepClone().AsObject();
        foreach ((string name, JsonNode? value) in defaults.Where(c => !recipe.ContainsKey(c.Key)).ToArray())
        {
            recipe[name] = value?.DeepClone();
        }

        return this with { Recipe = recipe };
    }
}
