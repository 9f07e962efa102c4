using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Optim;

/// <summary>Groups, saved state and lifetimes of optimisers.</summary>
public sealed class StateTests
{
    public static TheoryData<string> Names => [.. Optimisers.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ASavedOptimiserGoesOnAsIfItHadNotStopped(string name)
    {
        using var scope = NewDisposeScope();
        Parameter[] through = SmoothProblem.Parameters(), resumed = SmoothProblem.Parameters();
        using var first = (OptimizerHelper)Optimisers.All[name](through);
        Run(first, through, 4);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
            first.save_state_dict(writer);
        file.Position = 0;
        using (no_grad())
        {
            for (int i = 0; i < resumed.Length; i++)
                resumed[i].copy_(through[i]);
        }

        using var second = (OptimizerHelper)Optimisers.All[name](resumed);
        using (var reader = new BinaryReader(file))
        {
            second.load_state_dict(reader);
            Assert.Equal(file.Length, file.Position);
        }

        Assert.All(first.state_dict().State.Zip(second.state_dict().State), p => Assert.True(p.First.ApproximatelyEquals(p.Second)));
        Run(first, through, 3);
        Run(second, resumed, 3);
        for (int i = 0; i < through.Length; i++)
            Assert.Equal(through[i].Values(), resumed[i].Values());
    }

    [Fact]
    public void StateOfAnotherOptimiserIsRefused()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using var file = new MemoryStream();
        using Adam adam = optim.Adam(parameters);
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
            adam.save_state_dict(writer);
        file.Position = 0;
        using SGD sgd = optim.SGD(parameters, 0.1);
        using var reader = new BinaryReader(file);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(reader));
        Assert.Contains("'Adam'", error.Message, StringComparison.Ordinal);
        using Adam smaller = optim.Adam([parameters[0]]);
        Assert.Throws<ArgumentException>(() => smaller.load_state_dict(adam.state_dict()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStepLeavesNoTensorBehind(string name)
    {
        using var outer = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using optim.Optimizer optimizer = Optimisers.All[name](parameters);
        Step();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++)
            Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            Run(optimizer, parameters, 1);
        }
    }

    [Fact]
    public void GroupsTakeWhatTheyLackFromTheOptimiser()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using Adam adam = optim.Adam(
            [new Adam.ParamGroup([parameters[0]], new Adam.Options { LearningRate = 0.5 }), new Adam.ParamGroup { Parameters = [parameters[1]] }],
            lr: 0.1, beta1: 0.7);
        Assert.Equal([0.5, 0.1], adam.ParamGroups.Select(g => g.LearningRate));
        Assert.All(adam.ParamGroups.Cast<Adam.ParamGroup>(), g => Assert.Equal((0.7, 0.999), g.Betas));
        foreach (optim.ILearningRateController group in adam.ParamGroups)
            group.LearningRate = 0;
        double[] before = parameters[0].Values();
        Run(adam, parameters, 1);
        Assert.Equal(before, parameters[0].Values());
        Assert.Throws<ArgumentException>(() => adam.add_param_group(new Adam.ParamGroup { Parameters = [parameters[1]] }));
    }

    [Fact]
    public void ParametersWithoutGradientAreLeftOut()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using Adam adam = optim.Adam(parameters);
        double[] before = parameters[1].Values();
        parameters[0].sum().backward();
        adam.step();
        Assert.Equal(before, parameters[1].Values());
        Assert.Equal([1L, 0L], adam.state_dict().State.Select(s => ((Adam.State)s).step));
    }

    [Fact]
    public void AClosureGivesTheLoss()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using SGD sgd = optim.SGD(parameters, 0.1);
        Tensor? loss = sgd.step(() =>
        {
            sgd.zero_grad();
            Tensor value = SmoothProblem.Loss(parameters);
            value.backward();
            return value;
        });
        Assert.True(SmoothProblem.Loss(parameters).ToDouble() < loss!.ToDouble());
    }

    [Fact]
    public void HyperparametersOutOfRangeAreRefused()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        Assert.Throws<ArgumentException>(() => optim.Adam(parameters, lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam(parameters, beta2: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD(parameters, 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adadelta(parameters, rho: 2));
    }

    private static void Run(optim.Optimizer optimizer, Parameter[] parameters, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            SmoothProblem.Loss(parameters).backward();
            optimizer.step();
        }
    }
}
