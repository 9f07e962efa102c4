using Replications.PixelCnnPlusPlus;
using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

public class NetworkTests
{
    /// <summary>In the order of rows and columns nothing after a pixel, nor the pixel itself, moves its parameters; every pixel before does, save those out of reach.</summary>
    [Theory]
    [InlineData(8, 8, 3)]
    [InlineData(5, 7, 3)]
    [InlineData(6, 4, 1)]
    public void The_Jacobian_is_strictly_causal_and_has_no_blind_spot(int height, int width, int colours)
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusNetwork network = Small.Random(Small.Recipe, colours);
        torch.Tensor x = torch.randn([2, colours, height, width], torch.ScalarType.Float64).requires_grad_();
        torch.Tensor parameters = network.call(x, null);
        Assert.Equal([2L, LogisticMixture.ParametersOf(3, colours), height, width], parameters.shape);
        torch.Tensor weights = torch.arange(1, parameters.shape[1] + 1, torch.ScalarType.Float64).reshape(1, -1, 1, 1);
        torch.Tensor outputs = (parameters * weights).sum([0, 1]).reshape(-1);
        for (int to = 0; to < height * width; to++)
        {
            torch.Tensor jacobian = torch.autograd.grad([outputs[to]], [x], retain_graph: true)[0].abs().sum(dim: 0).reshape(colours, -1);
            for (int from = 0; from < height * width; from++)
            {
                for (int c = 0; c < colours; c++)
                {
                    double influence = jacobian[c, from].ToDouble();
                    if (from < to)
                        Assert.True(influence > 0, $"pixel {from}, colour {c}, does not reach pixel {to}");
                    else
                        Assert.Equal(0, influence);
                }
            }
        }
    }

    /// <summary>160 filters (train.py, nr_filters).</summary>
    [Fact]
    public void The_count_of_parameters_is_that_of_the_official_network() => Assert.Equal(53.7, Millions(160));

    /// <summary>The width of the paper (section 3.1) in the same network, which no revision of the official code has.</summary>
    [Fact]
    public void The_count_of_parameters_at_the_width_of_the_paper_is_that_of_the_page() => Assert.Equal(77.2, Millions(192));

    [Fact]
    public void A_class_moves_all_that_the_network_says()
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { ClassConditional = true };
        PixelCnnPlusPlusNetwork network = Small.Random(recipe, 3);
        torch.Tensor x = torch.randn([1, 3, 4, 4], torch.ScalarType.Float64).expand(2, 3, 4, 4);
        torch.Tensor parameters = network.call(x, torch.tensor([0L, 1L]));
        Assert.True((parameters[0] != parameters[1]).all().ToBoolean());
    }

    [Fact]
    public void Gradients_reach_every_parameter()
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { ClassConditional = true };
        PixelCnnPlusPlusNetwork network = Small.Random(recipe, 3);
        torch.Tensor x = LogisticMixture.Scale(torch.randint(0, 256, [4, 3, 8, 8]).to(torch.ScalarType.Float64));
        new LogisticMixture(recipe.Mixtures, 3).Nll(network.call(x, Small.Classes(recipe, 4)), x).sum().backward();
        foreach ((string name, TorchSharp.Modules.Parameter p) in network.named_parameters())
        {
            torch.Tensor? gradient = p.grad;
            Assert.True(gradient is not null && torch.isfinite(gradient).all().ToBoolean(), $"{name} has no finite gradient");
            Assert.True((gradient!.abs() > 0).any().ToBoolean(), $"the gradient of {name} is zero");
        }
    }

    /// <summary>Dropout is a part of training alone.</summary>
    [Fact]
    public void Training_drops_and_testing_does_not()
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusNetwork network = Small.Random(Small.Recipe, 3);
        torch.Tensor x = torch.randn([1, 3, 4, 4], torch.ScalarType.Float64);
        Assert.True((network.call(x, null) == network.call(x, null)).all().ToBoolean());
        network.train();
        Assert.True((network.call(x, null) != network.call(x, null)).any().ToBoolean());
    }

#if !TORCHSHARP
    /// <summary>A mean rounded to bfloat16 would be off by up to a quarter of a bin: what makes them is multiplied in float32 in every run.</summary>
    [Fact]
    public void Mixtures_are_not_rounded_to_bfloat16()
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusNetwork network = Small.Random(Small.Recipe, 3).to(torch.ScalarType.Float32);
        using IDisposable? products = ComputeEngine.Products(torch.CPU, Precision.BFloat16);
        torch.Tensor parameters = network.call(torch.randn([2, 3, 8, 8]), null);
        Assert.Equal(torch.ScalarType.Float32, parameters.dtype);
        // One float32 in 2^16 is a bfloat16.
        Assert.InRange((parameters == parameters.to(torch.ScalarType.BFloat16)).to(torch.ScalarType.Float32).mean().ToDouble(), 0, 0.01);
    }
#endif

    /// <summary>Parameters in millions, from three small networks: the count is a polynomial of degree two in the filters.</summary>
    private static double Millions(int filters)
    {
        double[] at = [2, 4, 6];
        double[] counts = [.. at.Select(f => Count((int)f))];
        // Lagrange's form.
        double count = 0;
        for (int i = 0; i < at.Length; i++)
        {
            double term = counts[i];
            for (int j = 0; j < at.Length; j++)
            {
                if (j != i)
                    term *= (filters - at[j]) / (at[i] - at[j]);
            }

            count += term;
        }

        return Math.Round(count / 1e6, 1);
    }

    private static long Count(int filters)
    {
        using var network = new PixelCnnPlusPlusNetwork(new PixelCnnPlusPlusRecipe { Filters = filters }, 3);
        return network.parameters().Sum(p => p.numel());
    }
}
