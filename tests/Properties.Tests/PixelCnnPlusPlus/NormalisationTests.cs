using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>
/// The values of a pixel, given those before it and with whatever comes after it, add up to one: then, from the last pixel back to the first, so does the
/// probability of all images. A network that sees a pixel, or one after it, says something else for each value, and the sums are others.
/// </summary>
public class NormalisationTests
{
    private const int Levels = LogisticMixture.Levels;

    [Theory]
    [InlineData(1, 2, false)]
    [InlineData(2, 2, false)]
    [InlineData(3, 2, true)]
    public void Values_of_each_pixel_given_those_before_it_sum_to_one(int height, int width, bool classes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { Resnets = 1, ClassConditional = classes };
        PixelCnnPlusPlusNetwork network = Small.Broad(recipe, 1);
        for (int pixel = 0; pixel < height * width; pixel++)
            Assert.Equal(1, Sum(recipe, network, (height, width), pixel, []).Sum, 1e-12);
    }

    /// <summary>
    /// The sum over blue is the probability of red and green, by the formulas of section 2.2; that theirs are sums of nothing else either is tested with the
    /// likelihood alone (<see cref="LogisticMixtureTests"/>). Ends of the range are among them, whose bins are not closed.
    /// </summary>
    [Theory]
    [InlineData(1, 2, 128, 100)]
    [InlineData(2, 2, 0, 255)]
    [InlineData(2, 2, 255, 31)]
    public void Values_of_blue_given_colours_and_pixels_before_it_sum_to_one(int height, int width, int red, int green)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { Resnets = 1 };
        PixelCnnPlusPlusNetwork network = Small.Broad(recipe, 3);
        for (int pixel = 0; pixel < height * width; pixel++)
        {
            (double sum, torch.Tensor parameters) = Sum(recipe, network, (height, width), pixel, [red, green]);
            // Both are of differences between numbers of about one half: a digit less than above.
            Assert.Equal(1, sum / Mixtures.Margin(parameters, red, green), 1e-11);
        }
    }

    /// <summary>The probabilities of all values of a pixel's last colour, added up, and the parameters of the first of these images at the pixel.</summary>
    /// <param name="recipe">Sizes.</param>
    /// <param name="network">The network.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="pixel">Which pixel.</param>
    /// <param name="before">The colours before the last one.</param>
    private static (double Sum, torch.Tensor Parameters) Sum(
        PixelCnnPlusPlusRecipe recipe, PixelCnnPlusPlusNetwork network, (int Height, int Width) size, int pixel, int[] before)
    {
        int colours = before.Length + 1;
        torch.manual_seed(11 + pixel);
        torch.Tensor values = torch.randint(0, Levels, [Levels, colours, size.Height * size.Width]).to(torch.ScalarType.Float64);
        // All images agree before the pixel, and each is another one after it.
        values.narrow(2, 0, pixel).copy_(values.narrow(0, 0, 1).narrow(2, 0, pixel).clone());
        torch.Tensor here = values.select(2, pixel);
        for (int colour = 0; colour < before.Length; colour++)
            here.select(1, colour).fill_(before[colour]);
        here.select(1, colours - 1).copy_(torch.arange(Levels, torch.ScalarType.Float64));
        torch.Tensor x = LogisticMixture.Scale(values.reshape(Levels, colours, size.Height, size.Width));
        torch.Tensor? classes = recipe.ClassConditional ? torch.ones(Levels, torch.ScalarType.Int64) : null;
        (int row, int column) = (pixel / size.Width, pixel % size.Width);
        torch.Tensor parameters = Small.Pixel(network.call(x, classes), row, column);
        RequireBroad(parameters, recipe.Mixtures, colours);
        torch.Tensor nll = new LogisticMixture(recipe.Mixtures, colours).Nll(parameters, Small.Pixel(x, row, column));
        return ((-nll).exp().sum().ToDouble(), parameters.narrow(0, 0, 1).contiguous());
    }

    /// <summary>Means within 1.2, moved by two colours by 0.83 each at most, and scales above 0.6 leave the least bin 2e-5: none falls back to a density.</summary>
    private static void RequireBroad(torch.Tensor parameters, int components, int colours)
    {
        Assert.InRange(parameters.abs().max().ToDouble(), 0, 1.2);
        foreach (int first in Small.LogScales(components, colours))
            Assert.InRange(parameters.narrow(1, first, components).min().ToDouble(), -0.5, 0.5);
    }
}
