#if !TORCHSHARP
using Replications.Claims;
using Replications.Datasets;
using Replications.Training.Checkpoints;
using Replications.Training.Loop;
using Replications.Training.Subjects;
using Replications.Training.Tests.Storage;
using TorchSharp;

namespace Replications.Training.Tests.Loop;

/// <summary>The loop multiplies in the precision that the record names, in updates and nowhere else.</summary>
public class PrecisionTests
{
    [Theory]
    [InlineData(Precision.Float32, torch.ScalarType.Float32)]
    [InlineData(Precision.BFloat16, torch.ScalarType.BFloat16)]
    public void Products_of_updates_have_the_precision_and_those_of_measurements_are_whole(Precision precision, torch.ScalarType updates)
    {
        using var folder = new TemporaryFolder();
        using var probe = new Probe();
        var options = new TrainingOptions { Seed = 1, Precision = precision };
        using var trainer = new Trainer(probe, options, new ToyJournal(), new CheckpointStore(new QuickDisk(), folder.File("checkpoint"), _ => { }), CancellationToken.None);
        Assert.Equal(RunState.Succeeded, trainer.Run().State);
        trainer.Draw();
        Assert.Equal(Enumerable.Repeat(updates, 3), probe.Updates);
        Assert.Equal(Enumerable.Repeat(torch.ScalarType.Float32, 3), probe.Others);
    }

    /// <summary>Multiplies, and remembers the type of what came out.</summary>
    private sealed class Probe : ISubject
    {
        private readonly torch.Tensor _weight = torch.zeros(1);

        public List<torch.ScalarType> Updates { get; } = [];

        public List<torch.ScalarType> Others { get; } = [];

        public Schedule Schedule { get; } = new() { StepsPerEpoch = 1, MaxSteps = 3, MeasureAtEnd = [Split.Test] };

        public long Parameters => 0;

        public void Register(SubjectState state) => state.Tensor("weight", _weight);

        public void Initialise(StepContext context) => Others.Add(Product());

        public Scalars Step(StepContext context)
        {
            Updates.Add(Product());
            return [];
        }

        public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
        {
            Others.Add(Product());
            return [];
        }

        public IReadOnlyList<Picture> Draw(EvaluationContext context)
        {
            Others.Add(Product());
            return [];
        }

        public void Dispose() => _weight.Dispose();

        private static torch.ScalarType Product()
        {
            using IDisposable scope = torch.NewDisposeScope();
            return torch.ones(2, 2).mm(torch.ones(2, 2)).dtype;
        }
    }
}
#endif
