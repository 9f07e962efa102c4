using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.Parity;

/// <summary>Same parameters and images as in pixelcnnplusplus.py, which is written from the official code: same losses, gradients and first lengths.</summary>
public class PixelCnnPlusPlusTests
{
    private static readonly ParityCase Case = ParityCase.Read("pixelcnnplusplus.json", "network");

    private static readonly PixelCnnPlusPlusRecipe Recipe =
        new() { Filters = 8, Resnets = 2, Mixtures = 3, ClassConditional = true, Classes = 3, Dropout = 0 };

    /// <summary>Float32, in which the network trains, takes other kernels; the likelihood, whose small differences it would round, stays in float64.</summary>
    [Theory]
    [InlineData(torch.ScalarType.Float64, 1e-9)]
    [InlineData(torch.ScalarType.Float32, 1e-5)]
    public void Losses_and_gradients_agree_with_PyTorch(torch.ScalarType type, double tolerance)
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusNetwork network = Network().to(type);
        torch.Tensor x = Images();
        torch.Tensor parameters = network.call(x.to(type), Classes()).to(torch.ScalarType.Float64);
        Case.Check(network, new LogisticMixture(Recipe.Mixtures, 3).Nll(parameters, x), tolerance);
    }

    [Fact]
    public void The_likelihood_agrees_with_PyTorch_in_every_branch()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var parity = ParityCase.Read("pixelcnnplusplus.json", "likelihood");
        torch.Tensor outputs = torch.tensor(parity.Outputs!).reshape(2, 30, 3, 4).requires_grad_();
        torch.Tensor x = LogisticMixture.Scale(torch.tensor(parity.Values).reshape(2, 3, 3, 4));
        torch.Tensor nll = new LogisticMixture(3, 3).Nll(outputs, x);
        double[] gradient = torch.autograd.grad([nll.sum()], [outputs])[0].flatten().data<double>().ToArray();
        Assert.All(parity.Nll.Zip(nll.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * pair.First));
        double largest = parity.Gradients["outputs"].Max(Math.Abs);
        Assert.All(parity.Gradients["outputs"].Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * largest));
    }

    /// <summary>What each layer chooses from a first batch, once the layers before it have chosen.</summary>
    [Fact]
    public void First_lengths_and_biases_agree_with_PyTorch()
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusNetwork network = Network();
        using (torch.no_grad())
        {
            foreach ((string name, TorchSharp.Modules.Parameter p) in network.named_parameters())
            {
                if (name.EndsWith(".g", StringComparison.Ordinal))
                    p.fill_(1);
                else if (name.EndsWith(".b", StringComparison.Ordinal))
                    p.zero_();
            }
        }

        network.Initialise(Images(), Classes());
        Dictionary<string, TorchSharp.Modules.Parameter> chosen = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach ((string name, double expected) in Case.Chosen!)
        {
            torch.Tensor noise = ParityCase.Noise(Case.Parameters[name].Stream + 1, chosen[name].numel());
            Assert.Equal(expected, (chosen[name] * noise).sum().ToDouble(), 1e-9 * chosen[name].norm().ToDouble());
        }
    }

    private static PixelCnnPlusPlusNetwork Network()
    {
        PixelCnnPlusPlusNetwork network = new PixelCnnPlusPlusNetwork(Recipe, 3).to(torch.ScalarType.Float64);
        Case.Fill(network);
        return network;
    }

    private static torch.Tensor Images() => LogisticMixture.Scale(torch.tensor(Case.Values).reshape(-1, 3, 8, 8));

    private static torch.Tensor Classes() => torch.arange(3, torch.ScalarType.Int64);
}
