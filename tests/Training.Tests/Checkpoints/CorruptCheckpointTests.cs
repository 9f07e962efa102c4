using Replications.Claims;
using Replications.Training.Checkpoints;
using Replications.Training.Tests.Loop;

namespace Replications.Training.Tests.Checkpoints;

/// <summary>A damaged checkpoint is never used and never silent.</summary>
public class CorruptCheckpointTests
{
    public static TheoryData<string> Files => ["state.safetensors", "state.json", "SHA256SUMS"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_bit_sends_the_run_back_to_the_checkpoint_before(string file) => GoesBack(file, bytes =>
    {
        // In the checksum file, inside a hash: a flip in a name there would be found as well.
        bytes[bytes.Length / 3] ^= 0x10;
        return bytes;
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_short_sends_the_run_back_to_the_checkpoint_before(string file) => GoesBack(file, bytes => bytes[..(bytes.Length / 2)]);

    [Theory]
    [MemberData(nameof(Files))]
    public void An_empty_file_sends_the_run_back_to_the_checkpoint_before(string file) => GoesBack(file, _ => []);

    [Fact]
    public void When_both_are_damaged_the_run_refuses_and_keeps_refusing()
    {
        using ToyRun run = Interrupted();
        foreach (string folder in Directory.GetDirectories(run.Checkpoints, "step-*"))
            Damage(Path.Combine(folder, "state.safetensors"), bytes => bytes[..100]);
        for (int start = 0; start < 2; start++)
        {
            CheckpointException e = Assert.Throws<CheckpointException>(() => run.Start());
            Assert.Contains("checksum", e.Message, StringComparison.Ordinal);
            Assert.Contains("--fresh", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, Directory.GetDirectories(run.Checkpoints, "step-*").Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_selected_weights_make_the_checkpoint_unusable(bool cut)
    {
        using ToyRun run = Interrupted();
        string[] files = Directory.GetFiles(run.Checkpoints, "selected-*");
        Assert.NotEmpty(files);
        // The last bytes are a weight: only a checksum tells that one of its bits is another.
        foreach (string file in files)
        {
            Damage(file, bytes =>
            {
                bytes[^1] ^= 0x10;
                return cut ? bytes[..^1] : bytes;
            });
        }

        CheckpointException e = Assert.Throws<CheckpointException>(() => run.Start());
        Assert.Contains("selected-", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clearing_forgets_every_checkpoint()
    {
        using ToyRun run = Interrupted();
        new CheckpointStore(run.Disk, run.Checkpoints, _ => { }).Clear();
        Assert.False(Directory.Exists(run.Checkpoints));
        run.Start();
        Assert.Equal(0, run.Journal.BeganAt);
    }

    private static void GoesBack(string file, Func<byte[], byte[]> change)
    {
        using var whole = new ToyRun("autoencoder");
        string expected = whole.Trace(whole.Start());
        using ToyRun run = Interrupted();
        string newest = Directory.GetDirectories(run.Checkpoints, "step-*").Order(StringComparer.Ordinal).Last();
        Damage(Path.Combine(newest, file), change);
        var result = run.Start();
        Assert.Equal(9, run.Journal.BeganAt);
        Assert.Contains(run.Journal.Sentences, s => s.Contains(Path.GetFileName(newest), StringComparison.Ordinal) && s.Contains("going back to", StringComparison.Ordinal));
        Assert.Equal(expected, run.Trace(result));
        Assert.Single(Directory.GetDirectories(run.Checkpoints, "corrupt-*"));
    }

    /// <summary>A run stopped after ten steps, with a checkpoint at each of the last two.</summary>
    private static ToyRun Interrupted()
    {
        var run = new ToyRun("autoencoder");
        // Two evaluations of four reports each lie among the steps.
        Assert.Equal(RunState.Interrupted, run.Start(stopAt: 17).State);
        Assert.Equal(10, run.Journal.SavedSteps[^1]);
        return run;
    }

    private static void Damage(string path, Func<byte[], byte[]> change) => File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
}
