using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>The network as it is run for the paper's number, 160 filters, and as wide as the paper says it is, 192, at its whole depth.</summary>
public class WidthTests
{
    /// <summary>Counted by the layers of model.py: 2092 F² in directions, 648 F in directions, lengths and biases, 200 lengths and biases of the output.</summary>
    [Theory]
    [InlineData(160, 53_659_080)]
    [InlineData(192, 77_244_104)]
    public void The_network_has_the_parameters_of_the_official_one_and_runs(int filters, long parameters)
    {
        Assert.Equal((((2092L * filters) + 648) * filters) + 200, parameters);
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        torch.manual_seed(1);
        using var network = new PixelCnnPlusPlusNetwork(new PixelCnnPlusPlusRecipe { Filters = filters }, 3);
        Assert.Equal(parameters, network.parameters().Sum(p => p.numel()));
        network.eval();
        torch.Tensor x = LogisticMixture.Scale(torch.randint(0, 256, [1, 3, 8, 8]).to(torch.ScalarType.Float32));
        torch.Tensor outputs = network.call(x, null);
        Assert.Equal([1L, 100, 8, 8], outputs.shape);
        Assert.True(torch.isfinite(outputs).all().ToBoolean());
        // Of a pixel that sees nothing there may be zeros, not of a whole parameter.
        Assert.True((outputs.abs().sum([0, 2, 3]) > 0).all().ToBoolean());
    }

    /// <summary>Pixels one by one in a small image, four of a row at once in one of 256 pixels whose weights are learned.</summary>
    [Theory]
    [InlineData(160, ShiftKind.Down, 0)]
    [InlineData(160, ShiftKind.DownRight, 2)]
    [InlineData(192, ShiftKind.Down, 1)]
    [InlineData(192, ShiftKind.DownRight, 2)]
    public void A_block_of_so_many_filters_is_its_layers_one_after_another(int filters, ShiftKind kind, int auxiliaries)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(2);
        using var block = new GatedResnet(kind, filters, auxiliaries * filters, 0, 0);
        foreach ((string name, TorchSharp.Modules.Parameter p) in block.named_parameters())
        {
            if (name.EndsWith(".b", StringComparison.Ordinal))
                torch.nn.init.normal_(p, 0, 0.5);
        }

        block.eval();
        foreach (int size in (int[])[8, 16])
        {
            torch.Tensor[] inputs = [.. Enumerable.Range(0, 1 + auxiliaries).Select(_ => torch.randn(2, filters, size, size))];
            torch.Tensor once = block.call(inputs[0], inputs[1..], null), layers = block.LayerByLayer(inputs[0], inputs[1..], null);
            Assert.InRange((once - layers).abs().max().ToDouble(), 0, 1e-5 * layers.abs().max().ToDouble());
        }
    }
}
