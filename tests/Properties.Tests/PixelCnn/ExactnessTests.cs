using Replications.Metrics.Units;
using Replications.PixelCnn;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnn;

/// <summary>Each network is a normalised model whose conditionals see what comes before, and all that they should.</summary>
public class ExactnessTests
{
    public static TheoryData<PixelNetworkKind, int, bool> All => Networks.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Probabilities_of_all_small_images_sum_to_one(PixelNetworkKind kind, int colours, bool fused)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        var shape = new ImageShape(colours, 2, colours == 1 ? 4 : 2);
        PixelRecipe recipe = Networks.Recipe(kind, PixelOutput.Bernoulli, fused);
        PixelNetwork network = Networks.Random(recipe, shape);
        var likelihood = new PixelLikelihood(recipe.Output, shape);
        int d = shape.Dimensions;
        float[] all = [.. Enumerable.Range(0, (1 << d) * d).Select(i => (float)((i / d >> (i % d)) & 1))];
        torch.Tensor space = torch.tensor(all).reshape(1 << d, d);
        torch.Tensor? classes = recipe.ClassConditional ? torch.ones(1 << d, torch.ScalarType.Int64) : null;
        double sum = (-likelihood.Nll(network.call(likelihood.Scale(space), classes), space)).to(torch.ScalarType.Float64).exp().sum().ToDouble();
        Assert.Equal(1, sum, 1e-5);
    }

    /// <summary>In the order rows, columns, colours, nothing after a value, nor the value itself, moves its logits; what stands next before it does.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_Jacobian_is_strictly_causal(PixelNetworkKind kind, int colours, bool fused)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(colours, 4, 5);
        PixelRecipe recipe = Networks.Recipe(kind, PixelOutput.Softmax256, fused);
        PixelNetwork network = Networks.Random(recipe, shape);
        // Many images: a ReLU closes some ways at each one.
        const int Images = 64;
        torch.Tensor x = torch.randn(Images, colours, 4, 5).requires_grad_();
        torch.Tensor logits = network.call(x, Networks.Classes(recipe, Images)).reshape(Images, colours, PixelLikelihood.Levels, 20);
        torch.Tensor outputs = (logits * torch.arange(1, PixelLikelihood.Levels + 1).reshape(1, 1, -1, 1)).sum([0, 2]);
        for (int to = 0; to < 20 * colours; to++)
        {
            torch.Tensor jacobian = torch.autograd.grad([outputs[to % colours, to / colours]], [x], retain_graph: true)[0].abs().sum(dim: 0).reshape(colours, 20);
            for (int from = 0; from < 20 * colours; from++)
            {
                double influence = jacobian[from % colours, from / colours].ToDouble();
                if (from >= to)
                    Assert.Equal(0, influence);
                else if (from >= to - colours && to / colours % 5 > 0)
                    Assert.True(influence > 0, $"value {from} does not reach value {to}");
            }
        }
    }

    /// <summary>
    /// Two grey pixels with 256 values: logits of the first are all 0 but for ln 255 at its value, so that its probability is 255 / 510 = 1/2; logits of
    /// the second are all 0: 1/256. So 1 bit and 8 bits: 4.5 bits for each dimension.
    /// </summary>
    [Fact]
    public void Bits_for_each_dimension_are_those_worked_by_hand()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(1, 1, 2);
        torch.Tensor values = torch.tensor([7f, 200f]).reshape(1, 2);
        torch.Tensor logits = torch.zeros(1, 256, 1, 2);
        logits[0, 7, 0, 0] = torch.tensor((float)Math.Log(255));
        double nll = new PixelLikelihood(PixelOutput.Softmax256, shape).Nll(logits, values).ToDouble();
        Assert.Equal(4.5, BitsPerDim.OfDiscrete(nll, shape.Dimensions), 1e-5);
    }

    /// <summary>Colours must not be mistaken for pixels: only the logits of blue at the second pixel are set.</summary>
    [Fact]
    public void Logits_stand_colour_by_colour()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(3, 1, 2);
        torch.Tensor values = torch.tensor([1f, 2f, 3f, 4f, 5f, 6f]).reshape(1, 6);
        torch.Tensor logits = torch.zeros(1, 3 * 256, 1, 2);
        logits[0, 512 + 6, 0, 1] = torch.tensor((float)Math.Log(255));
        double nll = new PixelLikelihood(PixelOutput.Softmax256, shape).Nll(logits, values).ToDouble();
        Assert.Equal((5 * Math.Log(256)) + Math.Log(2), nll, 1e-4);
    }

    [Theory]
    [InlineData(PixelNetworkKind.PixelCnn, 1)]
    [InlineData(PixelNetworkKind.PixelCnn, 3)]
    [InlineData(PixelNetworkKind.Gated, 1)]
    [InlineData(PixelNetworkKind.Gated, 3)]
    [InlineData(PixelNetworkKind.RowLstm, 1)]
    [InlineData(PixelNetworkKind.RowLstm, 3)]
    [InlineData(PixelNetworkKind.DiagonalBiLstm, 1)]
    [InlineData(PixelNetworkKind.DiagonalBiLstm, 3)]
    public void The_fused_network_is_the_one_of_the_paper_layer_by_layer(PixelNetworkKind kind, int colours)
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelRecipe recipe = Networks.Recipe(kind, PixelOutput.Softmax256, fused: true);
        PixelNetwork network = Networks.Random(recipe, new ImageShape(colours, 5, 6));
        torch.Tensor x = torch.rand(2, colours, 5, 6).requires_grad_();
        torch.Tensor fused = network.call(x, null);
        torch.Tensor plain = network.LayerByLayer(x, null);
        Assert.True((fused - plain).abs().max().ToDouble() <= 1e-5 * plain.abs().max().ToDouble());
        torch.Tensor[] wanted = [x, .. network.parameters()];
        IList<torch.Tensor> one = torch.autograd.grad([fused.square().sum()], wanted), other = torch.autograd.grad([plain.square().sum()], wanted);
        for (int i = 0; i < one.Count; i++)
            Assert.True((one[i] - other[i]).norm().ToDouble() <= 1e-5 * other[i].norm().ToDouble());
    }

    [Fact]
    public void Bytes_that_are_none_have_no_probability()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var likelihood = new PixelLikelihood(PixelOutput.Softmax256, new ImageShape(1, 1, 2));
        torch.Tensor logits = torch.zeros(1, 256, 1, 2);
        foreach (float value in (float[])[-1, -100, 256, float.NaN])
            Assert.ThrowsAny<Exception>(() => likelihood.Nll(logits, torch.tensor([0, value]).reshape(1, 2)));
    }

    [Fact]
    public void Classes_are_for_conditional_networks_alone()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(1, 2, 2);
        foreach (bool conditional in (bool[])[true, false])
        {
            PixelNetwork network = Networks.Random(Networks.Recipe(PixelNetworkKind.Gated, PixelOutput.Bernoulli, fused: !conditional), shape);
            torch.Tensor? classes = conditional ? null : torch.zeros(3, torch.ScalarType.Int64);
            Assert.Throws<ArgumentException>(() => network.LayerByLayer(torch.zeros(3, 1, 2, 2), classes));
            Assert.Throws<ArgumentException>(() => network.call(torch.zeros(3, 1, 2, 2), classes));
        }
    }

    /// <summary>Equation 3 pixel by pixel, for a line of pixels that is a row or a diagonal.</summary>
    [Theory]
    [InlineData(4, 6, true)]
    [InlineData(6, 4, true)]
    [InlineData(4, 6, false)]
    public void Each_pixel_of_an_LSTM_sees_its_neighbours_of_the_line_before(int height, int width, bool diagonal)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        torch.manual_seed(3);
        torch.nn.Module<torch.Tensor, torch.Tensor> layer = diagonal ? new DiagonalLstm(5, 1) : new RowLstmLayer(5, 1);
        foreach (TorchSharp.Modules.Parameter p in layer.parameters())
            torch.nn.init.normal_(p, 0, 0.4);
        torch.Tensor[] w = [.. layer is DiagonalLstm way ? way.Weights : ((LstmLayer)layer).Weights];
        torch.Tensor x = torch.randn(1, 10, height, width), states = layer.call(x);
        torch.Tensor map = torch.nn.functional.conv2d(x, w[0], w[1], padding: [0, diagonal ? 0 : 1]);
        (torch.Tensor weight, torch.Tensor hidden, torch.Tensor cell, torch.Tensor nothing) = (w[2], w[3].reshape(1, -1), w[4].reshape(1, -1), torch.zeros(1, 5));
        var seen = new Dictionary<(int Row, int Column), (torch.Tensor State, torch.Tensor Cell)>();

        // A diagonal begins left of the image, at the pixel of line 0 in its row; there is nothing of the image.
        (torch.Tensor State, torch.Tensor Cell) At(int i, int j)
        {
            bool outside = diagonal ? i < 0 : j < 0 || j >= width;
            if (outside)
                return (nothing, nothing);
            if (diagonal ? i + j < 0 : i < 0)
                return (hidden, cell);
            if (!seen.TryGetValue((i, j), out (torch.Tensor, torch.Tensor) found))
            {
                (torch.Tensor State, torch.Tensor Cell)[] before = diagonal ? [At(i - 1, j), At(i, j - 1)] : [At(i - 1, j - 1), At(i - 1, j), At(i - 1, j + 1)];
                torch.Tensor gates = j < 0 ? torch.zeros(1, 20) : map.select(0, 0).select(1, i).select(1, j).reshape(1, -1);
                for (int k = 0; k < before.Length; k++)
                    gates += before[k].State.matmul(weight.select(2, k).t());
                torch.Tensor[] parts = gates.chunk(4, 1);
                torch.Tensor c = (parts[1].sigmoid() * before[1].Cell) + (parts[2].sigmoid() * parts[3].tanh());
                seen[(i, j)] = found = (parts[0].sigmoid() * c.tanh(), c);
            }

            return found;
        }

        for (int i = 0; i < height; i++)
        {
            for (int j = 0; j < width; j++)
                Assert.InRange((At(i, j).State.reshape(-1) - states.select(0, 0).select(1, i).select(1, j)).abs().max().ToDouble(), 0, 1e-6);
        }
    }

    [Fact]
    public void Skewed_maps_come_back_and_their_diagonals_are_columns()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor map = torch.arange(12, torch.ScalarType.Float32).reshape(1, 1, 3, 4);
        torch.Tensor skewed = DiagonalLstm.Skew(map);
        Assert.Equal([0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 7, 0, 0, 0, 8, 9, 10, 11], skewed.data<float>().ToArray());
        Assert.Equal(map.data<float>().ToArray(), DiagonalLstm.Unskew(skewed, 4).data<float>().ToArray());
    }
}
