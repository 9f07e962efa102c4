using System.Security.Cryptography;
using Replications.Claims;
using Replications.Hosting.Folders;
using Replications.Reporting.Metrics;
using Replications.Training.Checkpoints;
using Replications.Training.Storage;

namespace Replications.Hosting.Tests.Commands;

public class RunTests
{
    [Fact]
    public void A_run_leaves_a_complete_folder()
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Success, results.Run("autoencoder"));
        string[] files = [.. Directory.EnumerateFiles(results.Folder("autoencoder")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(["last.safetensors", "lock", "log.txt", "metrics.csv", "reconstructions.png", "run.json", "selected.safetensors"], files);
        Assert.Equal(2, Directory.GetDirectories(results.File("autoencoder", "checkpoint"), "step-*").Length);
        Assert.Equal("finished", results.Output.Contains("succeeded", StringComparison.Ordinal) ? "finished" : results.Output);
        using var weights = new SafetensorsFile(results.File("autoencoder", "selected.safetensors"));
        Assert.Contains("net.0.weight", weights.Entries.Keys);
    }

    [Fact]
    public void The_record_says_what_was_run_on_what_and_how_it_ended()
    {
        using var results = new ResultsFolder();
        results.Run("autoencoder", "--seed", "1", "--set", "hidden=4", "--set", "learning-rate=0.02", "--set", "evaluate-every=4", "--declared", "toys/autoencoder: what it is held to");
        RunRecord record = results.Record("autoencoder");
        Assert.Equal((RunState.Succeeded, null as string), (record.State, record.Reason));
        Assert.Equal(("toys", "autoencoder", "quick", 1L), (record.Replication, record.Experiment, record.Profile, record.Seed));
        Assert.True(record.Reduced);
        Assert.Equal(4, (int)record.Recipe["hidden"]!);
        Assert.Equal("halfWay", (string?)record.Recipe["pace"], ignoreCase: true);
        // What was set to what it is anyway is not among them.
        Assert.Equal("""{"hidden":4,"learningRate":0.02}""", record.Overrides.ToJsonString());
        Assert.Equal("./run-all.sh run --profile quick --only toys/autoencoder --seeds 1 --device cpu --threads 1 --set hidden=4 --set learningRate=0.02 --fresh", record.Command);
        Assert.Equal(["toys/autoencoder: what it is held to"], record.Declared);
        Assert.Equal(14, record.Steps);
        Assert.Equal(2.8, record.Epochs);
        Assert.Equal(84, record.Parameters);
        Assert.NotNull(record.SelectedStep);
        Assert.Equal(4, record.Measurements.Count);
        Assert.Equal("reconstructions.png", Assert.Single(record.Pictures).File);
        Assert.Equal(["last.safetensors", "selected.safetensors"], record.Weights.Select(w => w.File));
        Assert.All(record.Weights, w => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(results.File("autoencoder", w.File)))), w.Sha256));
        Assert.Equal(["train", "valid", "test"], record.Data.Select(d => d.Split));
        Assert.All(record.Data, d => Assert.Equal(64, d.Sha256.Length));
        Assert.True(record.Hardware is { PhysicalCores: > 0, MemoryBytes: > 1 << 28 } && record.Hardware.Cpu.Length > 0);
        Assert.Equal(Environment.Version.ToString(), record.Environment["dotnet"]);
        Assert.Contains("libtorch_cpu.so", record.Environment["libraries"], StringComparison.Ordinal);
        Assert.True(record.PeakMemoryBytes > 1 << 24);
        Assert.True(record.Seconds > 0 && record.TrainingSeconds > 0 && record.Seconds >= record.TrainingSeconds);
        Assert.Equal(("cpu", "float32", 1), (record.Engine.Device, record.Engine.Precision, record.Engine.Threads));
        Assert.Contains("byte-identical", record.Engine.Exactness, StringComparison.Ordinal);
    }

    /// <summary>The paper profile of one toy is its published recipe, that of another a smaller one.</summary>
    [Theory]
    [InlineData("autoencoder", false)]
    [InlineData("scaled", true)]
    [InlineData("autoencoder", true, "--set", "hidden=4")]
    public void A_paper_profile_below_what_was_published_or_changed_by_hand_is_reduced(string experiment, bool reduced, params string[] set)
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Success, results.Run(experiment, ["--profile", "paper", .. set]));
        StoredRun run = new ResultsTree(results.Path).Find(new RunKey(Profiles.Paper, "toys", experiment, 1));
        Assert.Equal(reduced, run.Record!.Reduced);
    }

    [Fact]
    public void The_metrics_hold_averaged_scalars_and_evaluations()
    {
        using var results = new ResultsFolder();
        results.Run("autoencoder");
        IReadOnlyList<MetricRow> rows = MetricsFile.Read(results.File("autoencoder", "metrics.csv"));
        Assert.Equal([4L, 8, 12, 14], rows.Where(r => r is { Split: "train", Metric: "loss" }).Select(r => r.Step));
        Assert.Equal([4L, 8, 12, 14], rows.Where(r => r is { Split: "valid", Metric: "loss" }).Select(r => r.Step));
        Assert.Equal(14, Assert.Single(rows, r => r.Split == "test").Step);
        Assert.Equal(rows.Select(r => r.Seconds).Order(), rows.Select(r => r.Seconds));
    }

    [Fact]
    public void A_finished_run_is_not_made_again_unless_asked_to()
    {
        using var results = new ResultsFolder();
        results.Run("mixture");
        DateTimeOffset written = results.Record("mixture").Written;
        Assert.Equal(ExitCode.Success, results.Run("mixture"));
        Assert.Contains("finished already", results.Output, StringComparison.Ordinal);
        Assert.Equal(written, results.Record("mixture").Written);
        Assert.Equal(ExitCode.Success, results.Run("mixture", "--fresh"));
        Assert.NotEqual(written, results.Record("mixture").Written);
        Assert.Equal(0, results.Record("mixture").Resumes);
    }

    [Fact]
    public void The_source_is_what_the_caller_built_from()
    {
        using var results = new ResultsFolder();
        results.Run("mixture", "--source", "0123abc+dirty");
        Assert.Equal(("0123abc", true), (results.Record("mixture").Commit, results.Record("mixture").Dirty));
    }

    [Fact]
    public void Checkpoints_whose_record_is_gone_are_not_gone_on_with()
    {
        using var results = new ResultsFolder();
        results.Run("autoencoder");
        File.Delete(results.File("autoencoder", "run.json"));
        Assert.Equal(ExitCode.Failure, results.Run("autoencoder", "--set", "hidden=4"));
        Assert.Contains("holds checkpoints of a run whose record, run.json, is missing", results.Errors, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetDirectories(results.File("autoencoder", "checkpoint"), "step-*"));
        Assert.Equal(ExitCode.Success, results.Run("autoencoder", "--set", "hidden=4", "--fresh"));
    }

    /// <summary>Whatever ends it half way, no record is left that speaks of what is gone.</summary>
    [Fact]
    public void Beginning_again_forgets_the_record_first()
    {
        using var results = new ResultsFolder();
        results.Run("autoencoder");
        var disk = new ForgettingDisk();
        Assert.Equal(ExitCode.Success, results.Host(disk, "run", "--experiment", "autoencoder", "--results", results.Path, "--threads", "1", "--fresh"));
        Assert.Equal("run.json", disk.Gone[0]);
        Assert.Contains("selected.safetensors", disk.Gone);
        Assert.True(disk.Gone.IndexOf("checkpoint") > disk.Gone.IndexOf("selected.safetensors"));
    }

    [Fact]
    public void What_cannot_be_cleared_away_gets_no_record_of_another_run()
    {
        using var results = new ResultsFolder();
        results.Run("autoencoder");
        Assert.Equal(ExitCode.Failure, results.Host(new StickyDisk(), "run", "--experiment", "autoencoder", "--results", results.Path, "--threads", "1", "--set", "hidden=4", "--fresh"));
        Assert.Contains("discarding the old checkpoints", results.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(results.File("autoencoder", "run.json")));
        Assert.Equal(ExitCode.Failure, results.Run("autoencoder", "--set", "hidden=4"));
    }

    [Fact]
    public void A_lock_that_is_held_for_a_moment_is_waited_for()
    {
        using var results = new ResultsFolder();
        RunLock looking = RunLock.Take(results.Opened("mixture"))!;
        int waits = 0;
        using (RunLock? held = RunLock.Take(results.Opened("mixture"), wait: () => waits++))
            Assert.Null(held);
        Assert.InRange(waits, 1, 10);
        using (RunLock? held = RunLock.Take(results.Opened("mixture"), wait: looking.Dispose))
            Assert.NotNull(held);
    }

    [Fact]
    public void Another_recipe_in_the_same_folder_is_refused_with_the_difference()
    {
        using var results = new ResultsFolder();
        results.Run("mixture");
        byte[] before = File.ReadAllBytes(results.File("mixture", "run.json"));
        Assert.Equal(ExitCode.Failure, results.Run("mixture", "--set", "steps=9"));
        Assert.Contains("steps: 14 -> 9", results.Errors, StringComparison.Ordinal);
        Assert.Contains("--fresh", results.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(results.File("mixture", "run.json")));
        Assert.Equal(ExitCode.Success, results.Run("mixture", "--set", "steps=9", "--fresh"));
        Assert.Equal(9, results.Record("mixture").Steps);
    }

    [Fact]
    public void A_finished_run_in_another_precision_is_not_what_was_asked_for()
    {
        using var results = new ResultsFolder();
        results.Run("mixture");
        Rewrite(results, r => r with { Engine = r.Engine with { Precision = "bfloat16", Device = "cuda:0" } });
        Assert.Equal(ExitCode.Failure, results.Run("mixture"));
        Assert.Contains("precision: \"bfloat16\" -> \"float32\"", results.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("device", results.Errors, StringComparison.Ordinal);
        Assert.Equal("bfloat16", results.Record("mixture").Engine.Precision);
    }

    [Fact]
    public void An_unfinished_run_is_not_taken_up_on_another_device()
    {
        using var results = new ResultsFolder();
        results.Run("mixture", "--set", "nanAt=9");
        Rewrite(results, r => r with { Engine = r.Engine with { Device = "cuda:0" } });
        Assert.Equal(ExitCode.Failure, results.Run("mixture", "--set", "nanAt=9"));
        Assert.Contains("device: \"cuda:0\" -> \"cpu\"", results.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_commit_or_libtorch_is_taken_up_with_a_warning_that_is_kept()
    {
        using var results = new ResultsFolder();
        results.Run("mixture", "--set", "nanAt=9", "--declared", "what it was held to when it began");
        Rewrite(results, r => r with { Commit = "0123abc", Engine = r.Engine with { Libtorch = "0.1" } });
        Assert.Equal(ExitCode.Failure, results.Run("mixture", "--set", "nanAt=9", "--declared", "something easier"));
        Assert.Contains("declared: what it was held to when it began -> something easier", results.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Diverged, results.Run("mixture", "--set", "nanAt=9"));
        Assert.Equal(["what it was held to when it began"], results.Record("mixture").Declared);
        foreach (string text in (string[])[results.Errors, File.ReadAllText(results.File("mixture", "log.txt"))])
        {
            Assert.Contains("commit: \"0123abc\" -> ", text, StringComparison.Ordinal);
            Assert.Contains("libtorch: \"0.1\" -> ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_error_is_recorded_with_its_reason_and_its_trace_is_in_the_log()
    {
        using var results = new ResultsFolder { Data = (id, _, _, _, _) => throw new InvalidDataException($"{id}: the wrong bytes") };
        Assert.Equal(ExitCode.Failure, results.Run("mixture"));
        RunRecord record = results.Record("mixture");
        Assert.Equal((RunState.Failed, "toy-bits: the wrong bytes"), (record.State, record.Reason));
        Assert.Contains("   at ", File.ReadAllText(results.File("mixture", "log.txt")), StringComparison.Ordinal);
        Assert.Contains("failed: toy-bits: the wrong bytes", results.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diverged_run_is_a_named_result_and_leaves_its_checkpoint()
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Diverged, results.Run("autoencoder", "--set", "nanAt=6"));
        RunRecord record = results.Record("autoencoder");
        Assert.Equal(RunState.Diverged, record.State);
        Assert.Contains("loss was NaN at step 6", record.Reason, StringComparison.Ordinal);
        Assert.Equal(6, record.Steps);
        Assert.Empty(record.Measurements);
        Assert.EndsWith("step-000000000006.000001", Directory.GetDirectories(results.File("autoencoder", "checkpoint"), "step-*").Max(StringComparer.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_on_a_held_folder_is_refused()
    {
        using var results = new ResultsFolder();
        using (RunLock? held = RunLock.Take(results.Opened("mixture")))
        {
            Assert.NotNull(held);
            Assert.Equal(ExitCode.Locked, results.Run("mixture"));
            Assert.Contains("held by another process", results.Errors, StringComparison.Ordinal);
            Assert.False(File.Exists(results.File("mixture", "run.json")));
        }

        Assert.Equal(ExitCode.Success, results.Run("mixture"));
    }

    [Fact]
    public void An_unreadable_record_is_an_error_and_not_a_fresh_start()
    {
        using var results = new ResultsFolder();
        results.Run("mixture");
        File.WriteAllText(results.File("mixture", "run.json"), "{");
        Assert.Equal(ExitCode.Failure, results.Run("mixture"));
        Assert.Contains("run.json", results.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, results.Run("mixture", "--fresh"));
    }

    [Fact]
    public void Metrics_that_were_tampered_with_are_an_error()
    {
        using var results = new ResultsFolder();
        results.Run("autoencoder", "--set", "nanAt=9");
        File.WriteAllText(results.File("autoencoder", "metrics.csv"), "step\n");
        Assert.Equal(ExitCode.Failure, results.Run("autoencoder", "--set", "nanAt=9"));
        Assert.Contains("metrics.csv", results.Record("autoencoder").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_can_be_drawn_again_as_a_job_of_their_own()
    {
        using var results = new ResultsFolder();
        results.Run("machine");
        byte[] drawn = File.ReadAllBytes(results.File("machine", "samples.png"));
        File.Delete(results.File("machine", "samples.png"));
        Assert.Equal(ExitCode.Success, results.Host(null, "draw", "--experiment", "machine", "--results", results.Path));
        Assert.Equal(drawn, File.ReadAllBytes(results.File("machine", "samples.png")));
        Assert.Equal(RunState.Succeeded, results.Record("machine").State);
    }

    /// <summary>The mixture draws nothing.</summary>
    [Fact]
    public void Where_nothing_is_drawn_the_record_keeps_its_pictures()
    {
        using var results = new ResultsFolder();
        results.Run("mixture");
        Assert.Empty(results.Record("mixture").Pictures);
        Rewrite(results, r => r with { Pictures = [new PictureRecord("samples.png", "Samples", "Drawn before.")] });
        Assert.Equal(ExitCode.Success, results.Host(null, "draw", "--experiment", "mixture", "--results", results.Path));
        Assert.Equal("samples.png", Assert.Single(results.Record("mixture").Pictures).File);
        Assert.Contains("nothing is drawn", results.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_locked_is_an_error_and_no_crash()
    {
        using var results = new ResultsFolder();
        results.Run("machine");
        File.Delete(results.File("machine", "lock"));
        Directory.CreateDirectory(results.File("machine", "lock"));
        Assert.Equal(ExitCode.Failure, results.Host(null, "draw", "--experiment", "machine", "--results", results.Path));
        Assert.StartsWith("error: ", results.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Bfloat16_is_refused_in_words_or_recorded()
    {
        using var results = new ResultsFolder();
        int code = results.Run("autoencoder", "--precision", "bfloat16");
        if (code == ExitCode.Setup)
            Assert.Contains("use --precision float32", results.Errors, StringComparison.Ordinal);
        else
            Assert.Equal((ExitCode.Success, "bfloat16"), (code, results.Record("autoencoder").Engine.Precision));
    }

    private sealed class StickyDisk : Disk
    {
        public override void RenameFolder(string from, string to) => throw new IOException("the folder stays");
    }

    // Remembers the names of what is taken away, in order.
    private sealed class ForgettingDisk : Disk
    {
        public List<string> Gone { get; } = [];

        public override void DeleteFile(string path)
        {
            Gone.Add(Path.GetFileName(path));
            base.DeleteFile(path);
        }

        public override void RenameFolder(string from, string to)
        {
            Gone.Add(Path.GetFileName(from));
            base.RenameFolder(from, to);
        }
    }

    private static void Rewrite(ResultsFolder results, Func<RunRecord, RunRecord> change) =>
        RunRecordFile.Write(results.File("mixture", "run.json"), change(results.Record("mixture")));

    [Theory]
    [InlineData("cuda:63")]
    [InlineData("teapot")]
    public void A_device_that_is_not_there_is_named(string device)
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Setup, results.Run("mixture", "--device", device));
        Assert.Contains($"'{device}'", results.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(results.Path));
    }

    [Fact]
    public void Threads_that_would_only_wait_are_refused()
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Setup, results.Host(null, "run", "--experiment", "mixture", "--results", results.Path, "--threads", "100000"));
        Assert.Contains("100000 threads", results.Errors, StringComparison.Ordinal);
    }
}
