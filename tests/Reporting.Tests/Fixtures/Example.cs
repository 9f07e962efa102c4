using System.Text.Json.Nodes;
using Replications.Claims;
using Replications.Reporting.Metrics;

namespace Replications.Reporting.Tests.Fixtures;

/// <summary>A small made-up results folder: every verdict once, with the runs they come from.</summary>
internal static class Example
{
    public static readonly DateTimeOffset Made = new(2026, 3, 4, 15, 30, 0, TimeSpan.Zero);

    /// <summary>A picture of two by two grey pixels.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGNgYGD4/x8AAwMCAE5qxmYAAAAASUVORK5CYII=");

    /// <summary>The judged table; runs with numbers have their files written below <paramref name="folder"/>.</summary>
    public static VerdictTable Table(string folder)
    {
        Claim nll = Claim("toy/nll", "net", "nll", Direction.Lower, 88.4, 0.5);
        VerdictRow[] rows =
        [
            new("paper", nll, Number(Verdict.Replicated, 88.3125, 88.1, 88.525), [Succeeded(folder, 1), Succeeded(folder, 2)]),
            new("paper", Claim("toy/score", "net", "score", Direction.Higher, 7.5, 0.075), Number(Verdict.Exceeded, 8, 7.9, 8.1), [Succeeded(folder, 1), Succeeded(folder, 2)]),
            new("paper", Claim("toy/elbo", "net", "elbo", Direction.Higher, -12.75, 0.1275), Number(Verdict.NotReplicated, -13.5, -13.6, -13.4), [Succeeded(folder, 1), Succeeded(folder, 2)]),
            new("paper", Claim("toy/bits", "net", "bits", Direction.Lower, 3.1, 0.03), new(Verdict.Inconclusive, 3.114, 3.1, 3.128, "test points (±1.96 se), 1 seed", 1, "needs 3 seeds, has 1"), [Succeeded(folder, 1)]),
            new("quick", Claim("toy/small", "net", "nll", Direction.Lower, 88.4, 0.5), new(Verdict.Reduced, 101.5, null, null, "none, 1 seed", 1, "the recipe was scaled down"), [Succeeded(folder, 1)]),
            Without(folder, Verdict.Failed, RunOutcome.Failed, "libtorch: shapes 3x4 and 5x6 cannot be multiplied"),
            Without(folder, Verdict.Diverged, RunOutcome.Diverged, "loss was NaN at step 812"),
            Without(folder, Verdict.Interrupted, RunOutcome.Interrupted, "stopped by SIGTERM after saving at step 400"),
            Without(folder, Verdict.Missing, RunOutcome.Missing, "never run"),
        ];
        return new VerdictTable(Made, rows, [], ["the replication 'gan' was not built"])
        {
            Withdrawn = [.. new long[] { 3, 4 }.Select(s => new IndexedRun(new RunKey("paper", "toy", "net", s), "toy/nll", nll.Declaration, 88.4, "learnt from <test> images; the verdict was *exceeded*"))],
        };
    }

    public static Claim Claim(string id, string experiment, string metric, Direction direction, double published, double margin) => new()
    {
        Id = id,
        Experiment = experiment,
        Paper = "A. Author and B. Author, \"A Toy | Model\", Journal 2015",
        Table = "Table 1",
        Source = id == "toy/nll" ? "https://doi.org/10.1000/toy(15)1" : "",
        Evidence = id == "toy/nll" ? Evidence.Read : Evidence.Unconfirmed,
        Dataset = "toy_digits",
        Model = "1 layer",
        Metric = metric,
        Split = "test",
        Checkpoint = "selected",
        Unit = "nats",
        Direction = direction,
        Published = published,
        Uncertainty = id == "toy/nll" ? 0.45 : null,
        UncertaintyKind = id == "toy/nll" ? "95 % interval over test points" : "",
        Margin = margin,
        MarginReason = "0.5 nats on binarized digits",
        Protocol = "exact negative log-likelihood",
        Needs = "cpu",
        Seeds = 3,
    };

    public static StoredRun Succeeded(string folder, long seed)
    {
        var key = new RunKey("paper", "toy", "net", seed);
        string place = Path.Combine(folder, key.Path);
        if (!Directory.Exists(place))
        {
            Directory.CreateDirectory(place);
            File.WriteAllBytes(Path.Combine(place, "samples.png"), Png);
            using MetricsFile file = MetricsFile.Open(Path.Combine(place, MetricsFile.FileName), 0);
            for (int i = 1; i <= 4; i++)
            {
                file.Append(
                [
                    new(i * 100, i, i * 2.5, "train", "loss", 90 + (40.0 / i) + seed, null),
                    new(i * 100, i, (i * 2.5) + 0.5, "valid", "nll", 88 + (8.0 / i) + (0.25 * seed), 0.25),
                ]);
            }
        }

        return new StoredRun(key, place, RunOutcome.Succeeded, Record(seed, RunState.Succeeded, null), null);
    }

    public static RunRecord Record(long seed, RunState state, string? reason) => new()
    {
        Replication = "toy",
        Experiment = "net",
        Profile = "paper",
        Seed = seed,
        State = state,
        Reason = reason,
        Reduced = false,
        Recipe = new JsonObject { ["hidden"] = 500, ["rate"] = 0.001, ["optimizer"] = "adagrad" },
        Overrides = seed == 2 ? new JsonObject { ["rate"] = 0.001 } : [],
        Command = $"./run-all.sh run --profile paper --only toy/net --seeds {seed} --fresh",
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Dirty = seed == 2,
        Started = Made.AddHours(-2),
        Written = Made.AddHours(-1),
        Seconds = 1234.5,
        TrainingSeconds = 1200,
        Resumes = 1,
        Earlier = seed == 2 ? [new(150, "fedcba9876543210fedcba9876543210fedcba98", false, "Another processor", new("Libtorch", "1.13.1", "cpu", "float32", 1, "same bytes on the same machine"))] : [],
        PeakMemoryBytes = 3L << 29,
        Parameters = 1_234_567,
        Steps = 400,
        Epochs = 4,
        SelectedStep = 300,
        Hardware = new HardwareRecord("A processor", 2, 8L << 30, null, "Debian 12"),
        Engine = new EngineRecord("Libtorch", "1.13.1", "cpu", "float32", 2, "same bytes on the same machine"),
        Data = [new DataRecord("toy_digits", "train", 50000, new string('a', 64)), new DataRecord("toy_digits", "test", 10000, new string('b', 64))],
        Measurements = [new("nll", "test", "selected", 88.25 + (0.125 * (seed - 1)), "nats", 0.25, ErrorKind.TestPoints, 10000, 300)],
        Weights = [new("last.safetensors", new string('c', 64))],
        Pictures = [new("samples.png", "Samples", "100 draws; each shows a digit")],
    };

    private static Judgement Number(Verdict verdict, double value, double low, double high) =>
        new(verdict, value, low, high, "training seeds (95 % Student t), 2 seeds", 2, $"the interval lies where '{verdict.Text()}' says");

    private static VerdictRow Without(string folder, Verdict verdict, RunOutcome outcome, string reason)
    {
        string name = verdict.Text();
        var key = new RunKey("paper", "toy", name, 1);
        RunRecord? record = outcome == RunOutcome.Missing ? null : Record(1, Enum.Parse<RunState>(outcome.ToString()), reason) with { Experiment = name, Measurements = [], Weights = [], Pictures = [] };
        var run = new StoredRun(key, Path.Combine(folder, key.Path), outcome, record, reason);
        return new VerdictRow("paper", Claim("toy/" + name, name, "nll", Direction.Lower, 88.4, 0.5), new(verdict, null, null, null, "", 0, "seed 1: " + reason), [run]);
    }
}
