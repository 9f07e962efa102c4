namespace Replications.Claims.Tests.Results;

public sealed class ResultsTreeTests : IDisposable
{
    private static readonly RunKey First = new("paper", "made", "mnist-1x8000-1mask", 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_never_made_is_missing()
    {
        StoredRun run = new ResultsTree(_folder.Path).Find(First);
        Assert.Equal((RunOutcome.Missing, "never run"), (run.Outcome, run.Reason));
    }

    [Theory]
    [InlineData(RunState.Succeeded, RunOutcome.Succeeded, null)]
    [InlineData(RunState.Failed, RunOutcome.Failed, "why")]
    [InlineData(RunState.Diverged, RunOutcome.Diverged, "why")]
    [InlineData(RunState.Interrupted, RunOutcome.Interrupted, "why")]
    [InlineData(RunState.Running, RunOutcome.Failed, "killed: its record says running, but no process holds its folder")]
    public void A_record_tells_how_the_run_ended(RunState state, RunOutcome outcome, string? reason)
    {
        Write(Sample.Record(1) with { State = state, Reason = state == RunState.Succeeded ? null : "why" });
        StoredRun run = new ResultsTree(_folder.Path).Find(First);
        Assert.Equal((outcome, reason), (run.Outcome, run.Reason));
    }

    [Fact]
    public void A_folder_without_a_record_is_a_killed_run()
    {
        Directory.CreateDirectory(new ResultsTree(_folder.Path).Folder(First));
        StoredRun run = Assert.Single(new ResultsTree(_folder.Path).Enumerate("paper"));
        Assert.Equal(RunOutcome.Failed, run.Outcome);
        Assert.Contains("killed", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_lock_means_under_way_and_a_left_one_does_not()
    {
        ResultsTree tree = new(_folder.Path);
        Write(Sample.Record(1) with { State = RunState.Running });
        string path = Path.Combine(tree.Folder(First), ResultsTree.LockName);
        using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(RunOutcome.UnderWay, tree.Find(First).Outcome);
        }

        Assert.Equal(RunOutcome.Failed, tree.Find(First).Outcome);
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_a_failure_that_names_the_file()
    {
        _folder.File(First.Path + "/run.json", "{\"schema\": 1, ");
        StoredRun run = new ResultsTree(_folder.Path).Find(First);
        Assert.Equal(RunOutcome.Failed, run.Outcome);
        Assert.Contains("run.json", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_was_moved_is_a_failure()
    {
        Write(Sample.Record(1), First with { Seed = 2 });
        StoredRun run = new ResultsTree(_folder.Path).Find(First with { Seed = 2 });
        Assert.Equal("its record is of paper/made/mnist-1x8000-1mask/seed-1: the folder was moved", run.Reason);
    }

    [Fact]
    public void Runs_are_listed_in_order_and_none_is_dropped()
    {
        foreach (long seed in new long[] { 10, 9, 2 })
        {
            Write(Sample.Record(seed), First with { Seed = seed });
        }

        Directory.CreateDirectory(Path.Combine(_folder.Path, "paper", "glow", "cifar10", "seed-1"));
        ResultsTree tree = new(_folder.Path);
        Assert.Equal(
            ["paper/glow/cifar10/seed-1", "paper/made/mnist-1x8000-1mask/seed-2", "paper/made/mnist-1x8000-1mask/seed-9", "paper/made/mnist-1x8000-1mask/seed-10"],
            tree.Enumerate("paper").Select(r => r.Key.Path));
        Assert.Empty(tree.Enumerate("quick"));
        Assert.Equal([2, 9, 10], tree.SeedsOf("paper", "made", "mnist-1x8000-1mask"));
    }

    private void Write(RunRecord record, RunKey? key = null)
    {
        string folder = new ResultsTree(_folder.Path).Folder(key ?? First);
        Directory.CreateDirectory(folder);
        RunRecordFile.Write(Path.Combine(folder, RunRecordFile.Name), record);
    }
}
