using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;
using Replications.Training.Checkpoints;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Cuda.Tests;

/// <summary>An experiment on a GPU is the experiment on the CPU.</summary>
public class ExperimentTests
{
    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_weights_are_on_the_device(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using TinySubject tiny = new TinySubject(name).Initialise().Train(2);
        Assert.All(new SubjectImage(tiny.Subject).Weights, weight => Assert.True(weight.Value.is_cuda, $"{weight.Key} is on {weight.Value.device}"));
    }

    [PretendedTheory]
    [MemberData(nameof(Names))]
    public void It_learns_and_measures_the_same(string name)
    {
        Experiment experiment = Registry.Experiment(name);
        Compare(name, experiment.TinyRecipe);
        // Widths that the CPU's own kernels take, where these draw no noise of their own.
        if (experiment.Learning is { HasKernelNoise: false } point)
            Compare(name, point.Recipe);
    }

    private static void Compare(string name, Recipe recipe)
    {
        using IDisposable scope = torch.NewDisposeScope();
        TinySubject Trained(torch.Device device, int steps) => new TinySubject(name, square: true, recipe: recipe, device: device).Initialise().Train(steps);
        using TinySubject start = Trained(torch.CPU, 0), here = Trained(torch.CPU, 6), there = Trained(TestDevice.Device, 6);
        Dictionary<string, torch.Tensor> from = start.Weights(), expected = here.Weights(), learned = there.Weights();
        double Distance(Func<string, torch.Tensor> to) =>
            Math.Sqrt(expected.Sum(weight => (weight.Value.to(torch.ScalarType.Float64) - to(weight.Key)).square().sum().ToDouble()));
        // A hundredth of the way that training went, and rounding for what does not move.
        Assert.Equal(0, Distance(key => learned[key].cpu()), (0.01 * Distance(key => from[key])) + (1e-6 * Distance(key => torch.zeros_like(from[key]))));
        Assert.All(here.Subject.Schedule.MeasureAtEnd, split => Assert.All(
            here.Evaluate(split).Zip(there.Evaluate(split)), pair => Assert.Equal(pair.First.Value, pair.Second.Value, 1e-4 * Math.Max(1, Math.Abs(pair.First.Value)))));
    }
}
