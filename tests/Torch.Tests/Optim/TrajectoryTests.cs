using System.Text.Json;
using Replications.Torch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Optim;

/// <summary>Twenty steps of each optimiser beside PyTorch's, in float64.</summary>
public sealed class TrajectoryTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Names => [.. Optimisers.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using optim.Optimizer optimizer = Optimisers.All[name](parameters);
        Follow(name, parameters, () =>
        {
            optimizer.zero_grad();
            SmoothProblem.Loss(parameters).backward();
            optimizer.step();
        });
    }

    // The multi-tensor form, which CUDA and bfloat16 take, is forced by a layout that is not plain memory.
    [Theory]
    [MemberData(nameof(Names))]
    public void TheMultiTensorFormTakesTheSameSteps(string name)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        Parameter[] strided = [.. parameters.Select(p => new Parameter(Spread(p)))];
        using optim.Optimizer optimizer = Optimisers.All[name](strided);
        Follow(name, strided, () =>
        {
            optimizer.zero_grad();
            SmoothProblem.Loss(strided).backward();
            optimizer.step();
        });
    }

    private static Tensor Spread(Tensor source)
    {
        Tensor wide = zeros([.. source.shape, 2], dtype: ScalarType.Float64);
        Tensor every = wide.select(-1, 0);
        every.copy_(source.detach());
        return every;
    }

    private static void Follow(string name, Parameter[] parameters, Action update)
    {
        JsonElement expected = Fixture.Read("optim.json").GetProperty(name);
        for (int step = 1; step <= 20; step++)
        {
            update();
            if (!expected.TryGetProperty(FormattableString.Invariant($"{step}"), out JsonElement kept))
                continue;
            for (int k = 0; k < parameters.Length; k++)
                Fixture.Close(kept[k].Numbers(), parameters[k].Values(), Tolerance, FormattableString.Invariant($"{name}, step {step}, parameter {k}"));
        }
    }
}
