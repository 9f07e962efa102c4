using Replications.Datasets;
using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;
using Replications.Training.Engine;
using Replications.Training.Seeds;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Reference;

/// <summary>A few updates of an experiment on its own data, as the loop makes them.</summary>
internal sealed class LearningRun(string name, Recipe recipe, int updates)
{
    private const int Last = 10;

    private static readonly Dictionary<string, DataSet> s_data = [];

    /// <summary>
    /// Three seeds in each precision the engine can compute in. A processor without bfloat16 products makes them from float32 ones, five times as slowly:
    /// there one seed has to do.
    /// </summary>
    public static IEnumerable<(Precision Precision, long Seed)> All(bool everySeed)
    {
        for (long seed = 1; seed <= 3; seed++)
        {
            yield return (Precision.Float32, seed);
#if !TORCHSHARP
            if (seed == 1 || everySeed || EngineSwitches.HasBFloat16(torch.CPU))
                yield return (Precision.BFloat16, seed);
#endif
        }
    }

    public static string Name(Precision precision) => ComputeEngine.Name(precision);

    /// <summary>Mean loss of the last ten updates, each of a minibatch that was not seen before.</summary>
    public double Loss(long seed, Precision precision)
    {
        Experiment experiment = Registry.Experiment(name);
        if (!s_data.TryGetValue(experiment.Dataset, out DataSet? data))
            s_data[experiment.Dataset] = data = DataSets.Open(experiment.Dataset, new DataOptions(), torch.CPU);
        torch.manual_seed(SeedSequence.Derive(seed, 0, Purpose.Create));
        using ISubject subject = experiment.Create(recipe, new SubjectContext(data, torch.CPU, seed));
        long epoch = subject.Schedule.StepsPerEpoch;
        Assert.InRange(updates, Last, epoch);
        torch.manual_seed(SeedSequence.Derive(seed, 0, Purpose.Initialise));
        using (torch.NewDisposeScope())
            subject.Initialise(new StepContext(seed, 0, epoch));
        double sum = 0;
        for (int step = 0; step < updates; step++)
        {
            torch.manual_seed(SeedSequence.Derive(seed, step, Purpose.Step));
            using IDisposable scope = torch.NewDisposeScope();
            using IDisposable? products = ComputeEngine.Products(torch.CPU, precision);
            double loss = subject.Step(new StepContext(seed, step, epoch))["loss"];
            sum += step >= updates - Last ? loss : 0;
        }

        return sum / Last;
    }
}
