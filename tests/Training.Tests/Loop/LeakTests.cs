using Replications.Datasets;
using Replications.Hosting.Experiments;
using Replications.Toys;
using Replications.Training.Checkpoints;
using Replications.Training.Loop;
using Replications.Training.Subjects;
using Replications.Training.Tests.Storage;
using TorchSharp;

namespace Replications.Training.Tests.Loop;

public class LeakTests
{
    [Theory]
    [MemberData(nameof(ToyRun.Names), MemberType = typeof(ToyRun))]
    public void Steps_evaluations_and_checkpoints_leave_no_tensor_behind(string toy)
    {
        Experiment experiment = ToyPaper.Replication.Experiments.First(e => e.Name == toy);
        using DataSet data = ToyData.Make(torch.CPU);
        long few = Left(experiment, data, 8);
        long many = Left(experiment, data, 40);
        Assert.Equal(few, many);
    }

    /// <summary>Tensors alive after a run, beyond those before it, while the subject still lives.</summary>
    private static long Left(Experiment experiment, DataSet data, long steps)
    {
        using var folder = new TemporaryFolder();
        using ISubject subject = experiment.Create(new ToyRecipe { Steps = steps }, new SubjectContext(data, torch.CPU, 1));
        // What earlier tests and the subject's first weights left to the collector must not be counted while it goes.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        using (var trainer = new Trainer(
            subject, new TrainingOptions { Seed = 1, CheckpointInterval = TimeSpan.Zero, CheckpointShare = 1e9 }, new ToyJournal(),
            new CheckpointStore(new QuickDisk(), folder.Path, _ => { }), CancellationToken.None))
        {
            trainer.Run();
            trainer.Draw();
        }

        return torch.Tensor.TotalCount - before;
    }
}
