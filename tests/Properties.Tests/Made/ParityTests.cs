using Replications.Made;
using TorchSharp;

namespace Replications.Properties.Tests.Made;

/// <summary>Same weights, masks and batch as in PyTorch: same loss, gradients and updates (float32 here, float64 there).</summary>
public class ParityTests
{
    private static readonly ParityFixture Fixture = ParityFixture.Read();

    private static readonly MadeRecipe Recipe = new()
    {
        HiddenLayers = 2,
        HiddenUnits = 5,
        Activation = Activation.Softplus,
        ConditioningWeights = true,
        BatchSize = 7,
    };

    [Fact]
    public void Loss_and_gradients_agree_with_PyTorch()
    {
        using IDisposable scope = torch.NewDisposeScope();
        MadeNetwork network = Network();
        using MaskDegrees degrees = Degrees();
        torch.Tensor loss = network.NegativeLogProbability(Fixture.Examples(), degrees).mean();
        Assert.Equal(Fixture.Loss, loss.ToDouble(), 1e-5);
        loss.backward();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            float[] gradient = parameter.grad!.flatten().data<float>().ToArray();
            Assert.Equal(Fixture.Gradients[name].Length, gradient.Length);
            for (int i = 0; i < gradient.Length; i++)
                Assert.Equal(Fixture.Gradients[name][i], gradient[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(UpdateRule.Sgd)]
    [InlineData(UpdateRule.Adagrad)]
    [InlineData(UpdateRule.Adadelta)]
    public void Updates_follow_the_official_rules(UpdateRule rule)
    {
        using IDisposable scope = torch.NewDisposeScope();
        MadeNetwork network = Network();
        using MaskDegrees degrees = Degrees();
        using torch.optim.Optimizer optimizer = MadeOptimizer.For(Recipe with { UpdateRule = rule }, network.parameters());
        foreach (double expected in Fixture.Trajectories[rule.ToString()])
        {
            torch.Tensor loss = network.NegativeLogProbability(Fixture.Examples(), degrees).mean();
            Assert.Equal(expected, loss.ToDouble(), 2e-5);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    [Theory]
    [InlineData(1, 8000, true, 13_167_440)]
    [InlineData(1, 8000, false, 12_552_784)]
    public void Parameters_are_those_of_the_paper(int layers, int units, bool direct, long expected)
    {
        // 784 x 8000 twice, 8000 and 784 biases, 784 x 784: the 13.17 and 12.55 millions of the paper's first network.
        using var network = new MadeNetwork(784, new MadeRecipe { HiddenLayers = layers, HiddenUnits = units, DirectConnection = direct });
        Assert.Equal(expected, network.parameters().Sum(p => p.numel()));
    }

    private static MadeNetwork Network()
    {
        var network = new MadeNetwork(6, Recipe);
        using IDisposable grad = torch.no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
            parameter.copy_(torch.tensor(Fixture.Weights[name]).reshape(parameter.shape));
        return network;
    }

    private static MaskDegrees Degrees() => new(new Masks(Fixture.Degrees[0], Fixture.Degrees[1..]), torch.CPU);
}
