using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

public class LayerTests
{
    public static TheoryData<string> Layers => ["down", "down-right", "down by two", "down-right by two", "down doubled", "down-right doubled", "1 x 1", "second"];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_first_batch_leaves_outputs_of_mean_zero_and_the_initial_scale(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        torch.manual_seed(1);
        WeightNormLayer layer = Layer(name).to(torch.ScalarType.Float64);
        torch.Tensor x = (torch.randn([16, 6, 8, 8], torch.ScalarType.Float64) * 3) + 2;
        torch.Tensor outputs = layer.Initialise(x);
        double scale = name == "second" ? 0.1 : 1;
        foreach (torch.Tensor output in outputs.unbind(1))
        {
            Assert.Equal(0, output.mean().ToDouble(), 1e-9);
            Assert.Equal(scale, output.std(unbiased: false).ToDouble(), 1e-6);
        }

        Assert.True((layer.call(x) == outputs).all().ToBoolean());
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_length_of_the_weights_of_an_output_is_g(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        WeightNormLayer layer = Layer(name);
        layer.Initialise(torch.randn(4, 6, 6, 6));
        torch.Tensor g = layer.named_parameters().Single(p => p.name == "g").parameter;
        torch.Tensor weight = name.EndsWith("doubled", StringComparison.Ordinal) ? layer.Weight.transpose(0, 1) : layer.Weight;
        torch.Tensor lengths = weight.reshape(g.shape[0], -1).square().sum(1).sqrt();
        Assert.True((lengths - g.abs()).abs().max().ToDouble() < 1e-5);
    }

    [Theory]
    [InlineData(ShiftKind.Down, 0, 0)]
    [InlineData(ShiftKind.DownRight, 1, 3)]
    [InlineData(ShiftKind.Down, 2, 0)]
    public void A_block_is_its_layers_one_after_another(ShiftKind kind, int auxiliaries, int classes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var block = new GatedResnet(kind, 8, 8 * auxiliaries, classes, 0.5);
        foreach (TorchSharp.Modules.Parameter p in block.parameters())
            torch.nn.init.normal_(p, 0.5, 0.5);
        block.eval();
        torch.Tensor[] inputs = [.. Enumerable.Range(0, 1 + auxiliaries).Select(_ => torch.randn(3, 8, 4, 5))];
        torch.Tensor? labels = classes > 0 ? torch.arange(3, torch.ScalarType.Int64) : null;
        torch.Tensor once = block.call(inputs[0], inputs[1..], labels), layers = block.LayerByLayer(inputs[0], inputs[1..], labels);
        Assert.InRange((once - layers).abs().max().ToDouble(), 0, 1e-4);
    }

    /// <summary>Whatever the initial scale is: "second" has 0.1.</summary>
    [Theory]
    [InlineData("1 x 1")]
    [InlineData("second")]
    public void An_output_that_does_not_vary_keeps_its_length(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        using WeightNormLayer layer = Layer(name);
        // Of one pixel a convolution sees nothing else but padding.
        torch.Tensor outputs = layer.Initialise(torch.ones(4, 6, 1, 1));
        Assert.True(outputs.abs().max().ToDouble() < 1e-6);
        Assert.Equal([1f, 1f, 1f, 1f], layer.named_parameters().Single(p => p.name == "g").parameter.data<float>().ToArray());
    }

    [Fact]
    public void Shifts_drop_on_one_side_and_pad_on_the_other()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor image = torch.arange(1, 7, torch.ScalarType.Float32).reshape(1, 1, 2, 3);
        Assert.Equal([0, 0, 0, 1, 2, 3], Shifted.Down(image).data<float>().ToArray());
        Assert.Equal([0, 1, 2, 0, 4, 5], Shifted.Right(image).contiguous().data<float>().ToArray());
    }

    /// <summary>Which inputs reach which outputs, rows and columns each for themselves, by the official paddings and crops (pixel_cnn_pp/nn.py).</summary>
    [Theory]
    [InlineData("down", new[] { "0", "01", "12", "23" }, new[] { "01", "012", "123", "23" })]
    [InlineData("down-right", new[] { "0", "01", "12", "23" }, new[] { "0", "01", "12", "23" })]
    [InlineData("down by two", new[] { "0", "12" }, new[] { "01", "123" })]
    [InlineData("down-right by two", new[] { "0", "12" }, new[] { "0", "12" })]
    [InlineData("down doubled", new[] { "0", "0", "1", "1", "2", "2", "3", "3" }, new[] { "0", "01", "1", "12", "2", "23", "3", "3" })]
    [InlineData("down-right doubled", new[] { "0", "0", "1", "1", "2", "2", "3", "3" }, new[] { "0", "0", "1", "1", "2", "2", "3", "3" })]
    public void Layers_reach_as_far_as_the_official_ones(string name, string[] rows, string[] columns)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor x = torch.randn(1, 6, 4, 4).requires_grad_();
        torch.Tensor outputs = Layer(name).call(x)[0, 0];
        Assert.Equal([rows.Length, columns.Length], outputs.shape);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                torch.Tensor reach = torch.autograd.grad([outputs[i, j]], [x], retain_graph: true)[0].abs().sum(dim: 1).reshape(4, 4);
                Assert.Equal(rows[i], Reached(reach.sum(dim: 1)));
                Assert.Equal(columns[j], Reached(reach.sum(dim: 0)));
            }
        }
    }

    private static string Reached(torch.Tensor influence) =>
        string.Concat(influence.data<float>().ToArray().Select((v, i) => v > 0 ? $"{i}" : ""));

    private static WeightNormLayer Layer(string name) => name switch
    {
        "down" => new ShiftedConv2d(ShiftKind.Down, 6, 4),
        "down-right" => new ShiftedConv2d(ShiftKind.DownRight, 6, 4),
        "down by two" => new ShiftedConv2d(ShiftKind.Down, 6, 4, stride: 2),
        "down-right by two" => new ShiftedConv2d(ShiftKind.DownRight, 6, 4, stride: 2),
        "down doubled" => new ShiftedConvTranspose2d(ShiftKind.Down, 6),
        "down-right doubled" => new ShiftedConvTranspose2d(ShiftKind.DownRight, 6),
        "1 x 1" => new Nin(6, 4),
        _ => new ShiftedConv2d(ShiftKind.DownRight, 6, 4, initialScale: 0.1),
    };
}
