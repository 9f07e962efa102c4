using System.Text.Json.Nodes;

namespace Replications.Claims.Tests;

/// <summary>A claim and runs for it, with what a test does not speak of filled in.</summary>
internal static class Sample
{
    private static readonly EngineRecord s_engine = new("Libtorch", "1.13.1", "cpu", "float32", 2, "repeats to the bit");

    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static Claim Claim(double published = 88.4, double margin = 0.5, Direction direction = Direction.Lower, int seeds = 3) => new()
    {
        Id = "made/mnist-1x8000-1mask",
        Experiment = "mnist-1x8000-1mask",
        Paper = "Germain et al., MADE, ICML 2015",
        Table = "Table 6",
        Evidence = Evidence.Read,
        Dataset = "mnist-fixed",
        Model = "MADE 1hl (1 mask)",
        Metric = "nll",
        Split = "test",
        Checkpoint = "selected",
        Unit = "nats",
        Direction = direction,
        Published = published,
        Margin = margin,
        MarginReason = "default",
        Protocol = "exact",
        Needs = "cpu",
        Seeds = seeds,
    };

    public static MeasurementRecord Measurement(double value, double? error = 0.2, ErrorKind kind = ErrorKind.TestPoints) =>
        new("nll", "test", "selected", value, "nats", error, kind, 10_000, 1200);

    public static RunRecord Record(long seed, params MeasurementRecord[] measurements) => new()
    {
        Replication = "made",
        Experiment = "mnist-1x8000-1mask",
        Profile = "paper",
        Seed = seed,
        State = RunState.Succeeded,
        Reduced = false,
        Recipe = new JsonObject { ["hidden"] = 8000, ["learningRate"] = 0.01, ["optimiser"] = "adagrad" },
        Command = RerunCommand.For("paper", "made", "mnist-1x8000-1mask", [seed], [s_engine]),
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Dirty = false,
        Started = Noon,
        Written = Noon.AddHours(1),
        Seconds = 3600.5,
        TrainingSeconds = 3500.25,
        PeakMemoryBytes = 1 << 30,
        Parameters = 12_000_000,
        Steps = 1200,
        Epochs = 2.5,
        SelectedStep = 1000,
        Hardware = new HardwareRecord("A processor", 2, 8L << 30, null, "Debian 12"),
        Engine = s_engine,
        Data = [new DataRecord("mnist-fixed", "train", 50_000, new string('a', 64)), new DataRecord("mnist-fixed", "test", 10_000, new string('b', 64))],
        Measurements = measurements,
        Pictures = [new PictureRecord("samples.png", "Samples", "100 draws")],
    };

    /// <summary>Puts a record where a results folder has it.</summary>
    public static void Store(string results, RunRecord record)
    {
        string folder = new ResultsTree(results).Folder(new RunKey(record.Profile, record.Replication, record.Experiment, record.Seed));
        Directory.CreateDirectory(folder);
        RunRecordFile.Write(Path.Combine(folder, RunRecordFile.Name), record);
    }

    public static StoredRun Run(RunRecord record) =>
        new(new RunKey(record.Profile, record.Replication, record.Experiment, record.Seed), "", RunOutcome.Succeeded, record, null);

    public static StoredRun Run(long seed, double value) => Run(Record(seed, Measurement(value)));

    public static StoredRun Bad(long seed, RunOutcome outcome, string reason) =>
        new(new RunKey("paper", "made", "mnist-1x8000-1mask", seed), "", outcome, null, reason);

    /// <summary>Runs of seeds 1, 2, … with these values.</summary>
    public static StoredRun[] Runs(params double[] values) => [.. values.Select((v, i) => Run(i + 1, v))];
}
