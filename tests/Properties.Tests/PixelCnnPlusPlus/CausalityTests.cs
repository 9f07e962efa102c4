using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>Network and likelihood together on images of three colours, whose sides are odd at every resolution.</summary>
public class CausalityTests
{
    private const int Height = 5, Width = 7, Colours = 3, Values = Height * Width * Colours;

    /// <summary>
    /// What determines the distribution of a value is moved by nothing from that value on, in the order of rows, columns and colours, and by what stands next
    /// before it. In float32 eight features are enough for the kernels, whose derivative is their own.
    /// </summary>
    [Theory]
    [InlineData(false, torch.ScalarType.Float64)]
    [InlineData(true, torch.ScalarType.Float64)]
    [InlineData(true, torch.ScalarType.Float32)]
    public void A_value_depends_on_those_before_it_in_rows_columns_and_colours_alone(bool classes, torch.ScalarType type)
    {
        using IDisposable scope = torch.NewDisposeScope();
        (torch.Tensor x, torch.Tensor parameters, LogisticMixture likelihood) = Case(classes, type);
        torch.Tensor summary = likelihood.Summary(parameters, x).permute(0, 2, 3, 1).reshape(-1);
        for (int to = 0; to < Values; to++)
        {
            double[] influence = Influence(summary[to], x);
            Assert.All(influence[to..], later => Assert.Equal(0, later));
            foreach (int from in NextBefore(to))
                Assert.True(influence[from] > 0, $"value {from} does not reach value {to}");
        }
    }

    /// <summary>A pixel's colours are drawn together: their log-probability depends on all of them, on pixels before theirs, and on none after it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_likelihood_of_a_pixel_depends_on_itself_and_on_pixels_before_it_alone(bool classes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        (torch.Tensor x, torch.Tensor parameters, LogisticMixture likelihood) = Case(classes, torch.ScalarType.Float64);
        double whole = 0;
        for (int pixel = 0; pixel < Height * Width; pixel++)
        {
            (int row, int column) = (pixel / Width, pixel % Width);
            torch.Tensor nll = likelihood.Nll(Small.Pixel(parameters, row, column), Small.Pixel(x, row, column)).sum();
            whole += nll.ToDouble();
            double[] influence = Influence(nll, x);
            int own = pixel * Colours, after = own + Colours;
            Assert.All(influence[after..], later => Assert.Equal(0, later));
            Assert.All(influence[own..after], colour => Assert.True(colour > 0));
            foreach (int from in NextBefore(own))
                Assert.True(influence[from] > 0, $"value {from} does not reach pixel {pixel}");
        }

        // What was taken apart is what is trained on.
        Assert.Equal(likelihood.Nll(parameters, x).ToDouble(), whole, 1e-9);
    }

    private static (torch.Tensor X, torch.Tensor Parameters, LogisticMixture Likelihood) Case(bool classes, torch.ScalarType type)
    {
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { Filters = 8, Resnets = 1, ClassConditional = classes };
        PixelCnnPlusPlusNetwork network = Small.Random(recipe, Colours).to(type);
        torch.Tensor x = LogisticMixture.Scale(torch.randint(0, 256, [1, Colours, Height, Width]).to(type)).requires_grad_();
        return (x, network.call(x, Small.Classes(recipe, 1)), new LogisticMixture(recipe.Mixtures, Colours));
    }

    /// <summary>How much each value moves an output, in the order of rows, columns and colours.</summary>
    private static double[] Influence(torch.Tensor output, torch.Tensor x)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor gradient = torch.autograd.grad([output], [x], retain_graph: true)[0];
        return gradient.abs().permute(0, 2, 3, 1).reshape(-1).to(torch.ScalarType.Float64).data<double>().ToArray();
    }

    /// <summary>Values that must reach one: colours before it, and all colours to the left of it, above it and above to the right.</summary>
    private static IEnumerable<int> NextBefore(int value)
    {
        int pixel = value / Colours, row = pixel / Width, column = pixel % Width;
        var pixels = new List<int>();
        if (column > 0)
            pixels.Add(pixel - 1);
        if (row > 0)
            pixels.Add(pixel - Width);
        if (row > 0 && column < Width - 1)
            pixels.Add(pixel - Width + 1);
        return pixels.SelectMany(p => Enumerable.Range(p * Colours, Colours)).Concat(Enumerable.Range(pixel * Colours, value % Colours));
    }
}
