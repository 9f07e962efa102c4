using Replications.Torch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Replications.Torch.Tests.Schedulers;

/// <summary>Rates of thirteen epochs beside PyTorch's.</summary>
public sealed class ScheduleTests
{
    private static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> s_schedules = new()
    {
        ["step"] = o => StepLR(o, 3, 0.5),
        ["multistep"] = o => MultiStepLR(o, [2, 5, 9], 0.3),
        ["exponential"] = o => ExponentialLR(o, 0.9),
        ["lambda"] = o => LambdaLR(o, e => 1.0 / (1 + e)),
        ["multiplicative"] = o => MultiplicativeLR(o, e => 1 - (0.01 * e)),
        ["cosine"] = o => CosineAnnealingLR(o, 5, 0.01),
        ["linear"] = o => LinearLR(o, 0.25, 1.0, 6),
        ["constant"] = o => ConstantLR(o, 0.5, 4),
        ["polynomial"] = o => PolynomialLR(o, 8, 2.0),
        ["sequential"] = o => SequentialLR(o, [LinearLR(o, 0.1, 1.0, 3), ExponentialLR(o, 0.8)], [4]),
        ["chained"] = o => ChainedLR([ConstantLR(o, 0.1, 3), ExponentialLR(o, 0.9)]),
    };

    public static TheoryData<string> Names => [.. s_schedules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void RatesAreThoseOfPyTorch(string name)
    {
        using var parameter = new Parameter(zeros(1));
        using optim.Optimizer optimizer = optim.SGD([parameter], 0.2);
        LRScheduler schedule = s_schedules[name](optimizer);
        var seen = new List<double> { Rate(optimizer) };
        for (int epoch = 0; epoch < 12; epoch++)
        {
            schedule.step();
            seen.Add(Rate(optimizer));
        }

        Fixture.Close(Fixture.Read("schedulers.json").GetProperty(name).Numbers(), [.. seen], 1e-13, name);
        Assert.Equal(Rate(optimizer), schedule.get_last_lr().Single());
    }

    [Fact]
    public void APlateauReducesTheRate()
    {
        using var parameter = new Parameter(zeros(1));
        using optim.Optimizer optimizer = optim.SGD([parameter], 0.2);
        LRScheduler schedule = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1, cooldown: 1, min_lr: [0.03]);
        double[] measured = [5.0, 4.0, 4.0, 4.1, 4.2, 3.0, 3.0, 3.0, 3.0, 2.9999, 3.0, 3.0];
        double[] seen = Array.ConvertAll(measured, value =>
        {
            schedule.step(value);
            return Rate(optimizer);
        });
        Fixture.Close(Fixture.Read("schedulers.json").GetProperty("plateau").Numbers(), seen, 1e-13, "plateau");
        Assert.Throws<InvalidOperationException>(() => schedule.step());
    }

    [Fact]
    public void TheClosedFormGoesStraightToAnEpoch()
    {
        using var parameter = new Parameter(zeros(1));
        using optim.Optimizer optimizer = optim.SGD([parameter], 0.2);
        LRScheduler schedule = ExponentialLR(optimizer, 0.5);
        schedule.step(3);
        Assert.Equal(0.2 * 0.125, Rate(optimizer), 15);
    }

    private static double Rate(optim.Optimizer optimizer) => optimizer.ParamGroups.Single().LearningRate;
}
