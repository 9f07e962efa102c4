using Replications.Claims;
using Replications.Training.Storage;

namespace Replications.Hosting.Tests.Commands;

public class DiskFullTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(31)]
    [InlineData(60)]
    [InlineData(75)]
    public void A_full_disk_is_a_named_failure_and_the_run_goes_on_when_there_is_room(int files)
    {
        using var whole = new ResultsFolder();
        whole.Run("autoencoder");
        using var results = new ResultsFolder();
        int code = results.Host(new FillingDisk(files), "run", "--experiment", "autoencoder", "--results", results.Path, "--threads", "1");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("no space left on the disk", results.Errors, StringComparison.Ordinal);
        bool recorded = File.Exists(results.File("autoencoder", "run.json"));
        Assert.Equal(files > 0, recorded);
        Assert.False(recorded && results.Record("autoencoder").State == RunState.Succeeded);

        Assert.Equal(ExitCode.Success, results.Run("autoencoder"));
        Assert.Equal(recorded ? 1 : 0, results.Record("autoencoder").Resumes);
        Assert.Empty(results.Record("autoencoder").Earlier);
        foreach (string file in (string[])["last.safetensors", "selected.safetensors", "reconstructions.png"])
            Assert.Equal(File.ReadAllBytes(whole.File("autoencoder", file)), File.ReadAllBytes(results.File("autoencoder", file)));
    }

    [Fact]
    public void What_a_run_goes_on_with_and_what_it_was_made_with_before_are_both_in_its_record()
    {
        using var results = new ResultsFolder();
        Assert.Equal(ExitCode.Failure, results.Host(new FillingDisk(31), "run", "--experiment", "autoencoder", "--results", results.Path, "--threads", "2"));
        RunRecord before = results.Record("autoencoder");
        Assert.Equal(ExitCode.Success, results.Run("autoencoder"));
        Assert.Contains("threads: 2 -> 1", results.Errors, StringComparison.Ordinal);
        RunRecord after = results.Record("autoencoder");
        Assert.Equal(1, after.Engine.Threads);
        EarlierPart part = Assert.Single(after.Earlier);
        Assert.Equal((2, before.Commit, before.Hardware.Cpu), (part.Engine.Threads, part.Commit, part.Cpu));
        Assert.InRange(part.Steps, 1, 13);
        Assert.Contains(FormattableString.Invariant($"taken up again after step {part.Steps}{Environment.NewLine}"), File.ReadAllText(results.File("autoencoder", "log.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_results_folder_that_cannot_be_made_is_named()
    {
        using var results = new ResultsFolder();
        File.WriteAllText(Path.Combine(results.Path, "quick"), "a file where a folder should be");
        Assert.Equal(ExitCode.Failure, results.Run("autoencoder"));
        Assert.Contains("making the run folder", results.Errors, StringComparison.Ordinal);
    }

    /// <summary>A disk on which so many files can be opened for writing and no more.</summary>
    private sealed class FillingDisk(int files) : Disk
    {
        private const int NoSpaceLeft = 28;
        private int _files;

        public override Stream Create(string path) =>
            ++_files > files ? throw new IOException("No space left on device", NoSpaceLeft) : base.Create(path);
    }
}
