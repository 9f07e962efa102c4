using Replications.Claims;
using Replications.Toys;
using Replications.Training.Loop;
using Replications.Training.Storage;
using Replications.Training.Tests.Loop;
using Replications.Training.Tests.Storage;

namespace Replications.Training.Tests.Checkpoints;

/// <summary>The disk fails at every single change a run makes: what is found afterwards is whole, and the run can go on from it.</summary>
public class CheckpointFaultTests
{
    private static readonly ToyRecipe Short = new() { Steps = 6, EvaluateEvery = 3, Hidden = 3 };

    [Fact]
    public void A_fault_at_any_change_is_named_and_the_run_goes_on_to_the_same_end()
    {
        using var whole = new ToyRun("autoencoder", Short);
        string expected = whole.Trace(whole.Start());
        for (int works = 0; ; works++)
        {
            using var run = new ToyRun("autoencoder", Short);
            var disk = new FaultyDisk(works);
            Exception? thrown = Record.Exception(() => run.Start(disk: disk));
            if (!disk.Failed)
            {
                Assert.True(works > 50, "the run made fewer changes than this test thinks");
                break;
            }

            // Deleting what is old may fail in silence; everything else is an error with a name.
            if (thrown is not null)
                Assert.Contains("no space left on the disk", Assert.IsType<StorageException>(thrown).Message, StringComparison.Ordinal);
            Assert.Equal(expected, run.Trace(run.Start()));
        }
    }

    [Fact]
    public void Old_checkpoints_that_cannot_be_deleted_stop_nothing()
    {
        using var whole = new ToyRun("autoencoder", Short);
        string expected = whole.Trace(whole.Start());
        using var run = new ToyRun("autoencoder", Short);
        TrainingResult result = run.Start(disk: new FaultyDisk(0) { OnlyDeletions = true });
        Assert.Equal(expected, run.Trace(result));
        Assert.Contains(run.Journal.Sentences, s => s.Contains("stays where it is", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_little_space_is_said_before_anything_is_trained()
    {
        using var run = new ToyRun("autoencoder", Short);
        StorageException e = Assert.Throws<StorageException>(() => run.Start(disk: new SmallDisk()));
        Assert.Contains("MB needed", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, run.Journal.Calls);
    }

    [Fact]
    public void Space_that_its_own_checkpoints_take_is_not_asked_of_a_run_that_goes_on()
    {
        var wide = new ToyRecipe { Steps = 6, EvaluateEvery = 2, Hidden = 1000 };
        using var whole = new ToyRun("autoencoder", wide);
        string expected = whole.Trace(whole.Start());
        using var run = new ToyRun("autoencoder", wide);
        run.Start(stopAt: 9);
        static long Bytes(IEnumerable<string> files) => files.Sum(f => new FileInfo(f).Length);
        string[] folders = Directory.GetDirectories(run.Checkpoints, "step-*"), selected = Directory.GetFiles(run.Checkpoints, "selected-*");
        Assert.Equal((2, 1), (folders.Length, selected.Length));
        long there = Bytes(folders.SelectMany(Directory.GetFiles)), weights = Bytes(selected);
        // Three checkpoints with selected weights of their own, less what lies there.
        double needed = (3 * ((there / 2) + weights)) - there - weights;
        Assert.Throws<StorageException>(() => run.Start(disk: new SmallDisk { Free = (long)(0.9 * needed) }));
        Assert.Equal(expected, run.Trace(run.Start(disk: new SmallDisk { Free = (long)(1.1 * needed) })));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var run = new ToyRun("autoencoder", Short);
        File.WriteAllText(run.Checkpoints, "a file where the folder should be");
        StorageException e = Assert.Throws<StorageException>(() => run.Start());
        Assert.Contains(run.Checkpoints, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_checkpoints_and_the_weights_they_refer_to_are_kept()
    {
        using var run = new ToyRun("autoencoder", new ToyRecipe { Steps = 20, EvaluateEvery = 2 });
        Assert.Equal(RunState.Succeeded, run.Start().State);
        Assert.Equal(2, Directory.GetDirectories(run.Checkpoints, "step-*").Length);
        Assert.InRange(Directory.GetFiles(run.Checkpoints, "selected-*").Length, 1, 2);
        Assert.Empty(Directory.GetDirectories(run.Checkpoints, ".writing"));
    }

    private sealed class SmallDisk : Disk
    {
        public long Free { get; init; } = 1000;

        public override long FreeBytes(string path) => Free;
    }
}
