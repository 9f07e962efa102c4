using Replications.Made;
using Replications.Metrics.Averages;
using TorchSharp;

namespace Replications.Properties.Tests.Made;

/// <summary>Every setting of the network is a normalised model under every mask, and so is the average over masks.</summary>
public class NormalisationTests
{
    public static TheoryData<int, Activation, bool, bool> Settings
    {
        get
        {
            var data = new TheoryData<int, Activation, bool, bool>();
            foreach (int layers in new[] { 1, 2 })
            {
                foreach (Activation g in Enum.GetValues<Activation>())
                {
                    data.Add(layers, g, true, false);
                    data.Add(layers, g, false, true);
                    data.Add(layers, g, true, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Probabilities_sum_to_one(int layers, Activation g, bool direct, bool conditioning)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        torch.manual_seed(layers);
        const int D = 7;
        var network = new MadeNetwork(D, new MadeRecipe { HiddenLayers = layers, HiddenUnits = 9, Activation = g, DirectConnection = direct, ConditioningWeights = conditioning });
        foreach (TorchSharp.Modules.Parameter p in network.parameters())
            torch.nn.init.normal_(p);
        float[] all = [.. Enumerable.Range(0, (1 << D) * D).Select(i => (float)((i / D >> (i % D)) & 1))];
        torch.Tensor space = torch.tensor(all).reshape(1 << D, D);
        var mean = new LogMeanExp(1 << D);
        for (int index = 0; index < 4; index++)
        {
            using var degrees = new MaskDegrees(Masks.Sample(D, [.. Enumerable.Repeat(9, layers)], seed: 1, index), torch.CPU);
            double[] terms = (-network.NegativeLogProbability(space, degrees)).to(torch.ScalarType.Float64).data<double>().ToArray();
            Assert.Equal(1, terms.Sum(Math.Exp), 1e-5);
            mean.Add(terms);
        }

        Assert.Equal(1, mean.Result().Sum(Math.Exp), 1e-5);
    }

    [Fact]
    public void Conditioning_weights_tell_masks_apart()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var network = new MadeNetwork(5, new MadeRecipe { HiddenUnits = 9, ConditioningWeights = true, DirectConnection = false });
        using var one = new MaskDegrees(Masks.Sample(5, [9], seed: 1, index: 0), torch.CPU);
        using var other = new MaskDegrees(Masks.Sample(5, [9], seed: 1, index: 1), torch.CPU);
        // At x = 0 the masked products with x vanish: what differs comes from U.
        torch.Tensor x = torch.zeros(1, 5);
        Assert.True((network.call(x, one) - network.call(x, other)).abs().sum().ToDouble() > 1e-3);
    }
}
