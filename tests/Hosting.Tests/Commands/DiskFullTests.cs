using Replications.Claims;
using Replications.Training.Storage;

namespace Replications.Hosting.Tests.Commands;

public class DiskFullTests
{
    [Fact]
    public void A_full_disk_is_a_named_failure_and_the_run_goes_on_when_there_is_room()
    {
        using var whole = new ResultsFolder();
        whole.Run("autoencoder");
        using var results = new ResultsFolder();
        int code = results.Host(new FillingDisk(60), "run", "--experiment", "autoencoder", "--results", results.Path, "--threads", "1");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("no space left on the disk", results.Errors, StringComparison.Ordinal);
        Assert.NotEqual(RunState.Succeeded, results.Record("autoencoder").State);

        Assert.Equal(ExitCode.Success, results.Run("autoencoder"));
        Assert.Equal(1, results.Record("autoencoder").Resumes);
        foreach (string file in (string[])["last.safetensors", "selected.safetensors", "reconstructions.png"])
            Assert.Equal(File.ReadAllBytes(whole.File("autoencoder", file)), File.ReadAllBytes(results.File("autoencoder", file)));
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
