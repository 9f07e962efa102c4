using Replications.Torch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Optim;

public sealed class ClippingTests
{
    [Theory]
    [InlineData(2.0)]
    [InlineData(1.0)]
    [InlineData(double.PositiveInfinity)]
    public void TheGlobalNormIsClipped(double order)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        SmoothProblem.Loss(parameters).backward();
        double[] all = [.. parameters.SelectMany(p => p.grad!.Values())];
        double norm = double.IsInfinity(order) ? all.Max(Math.Abs) : Math.Pow(all.Sum(g => Math.Pow(Math.Abs(g), order)), 1 / order);
        Assert.Equal(norm, nn.utils.clip_grad_norm_(parameters, 0.5, order), 1e-12 * norm);
        Fixture.Close([.. all.Select(g => g * 0.5 / (norm + 1e-6))], [.. parameters.SelectMany(p => p.grad!.Values())], 1e-12, "gradients");
        nn.utils.clip_grad_norm_(parameters, 1000, order);
        Fixture.Close([.. all.Select(g => g * 0.5 / (norm + 1e-6))], [.. parameters.SelectMany(p => p.grad!.Values())], 1e-12, "gradients again");
    }

    [Fact]
    public void ValuesAreClipped()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        SmoothProblem.Loss(parameters).backward();
        double[] all = [.. parameters.SelectMany(p => p.grad!.Values())];
        nn.utils.clip_grad_value_(parameters, 0.3);
        Assert.Equal(all.Select(g => Math.Clamp(g, -0.3, 0.3)), parameters.SelectMany(p => p.grad!.Values()));
    }

    [Fact]
    public void ParametersAreAVectorAndBack()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        Tensor vector = nn.utils.parameters_to_vector(parameters).detach();
        Assert.Equal(parameters.SelectMany(p => p.Values()), vector.Values());
        nn.utils.vector_to_parameters(vector * 2, parameters);
        Assert.Equal((vector * 2).Values(), parameters.SelectMany(p => p.Values()));
    }
}
