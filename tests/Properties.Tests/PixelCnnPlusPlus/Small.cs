using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>Small networks whose weights are far from where training starts, biases and lengths included.</summary>
internal static class Small
{
    public static PixelCnnPlusPlusRecipe Recipe { get; } = new() { Filters = 5, Resnets = 2, Mixtures = 3, Classes = 4 };

    /// <summary>A network that is not in training mode, in float64.</summary>
    public static PixelCnnPlusPlusNetwork Random(PixelCnnPlusPlusRecipe recipe, int colours)
    {
        torch.manual_seed(3);
        var network = new PixelCnnPlusPlusNetwork(recipe, colours);
        foreach ((string name, TorchSharp.Modules.Parameter p) in network.named_parameters())
            torch.nn.init.normal_(p, name.EndsWith(".g", StringComparison.Ordinal) ? 1 : 0, 0.3);
        network.eval();
        return network.to(torch.ScalarType.Float64);
    }

    /// <summary>The same, with mixtures so broad that every bin keeps more than the 1e-5 below which the likelihood takes a density in its place.</summary>
    public static PixelCnnPlusPlusNetwork Broad(PixelCnnPlusPlusRecipe recipe, int colours)
    {
        PixelCnnPlusPlusNetwork network = Random(recipe, colours);
        using IDisposable still = torch.no_grad();
        Dictionary<string, TorchSharp.Modules.Parameter> parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        parameters["output.g"].fill_(0.02);
        torch.Tensor bias = parameters["output.b"];
        bias.mul_(0.5);
        foreach (int first in LogScales(recipe.Mixtures, colours))
            bias.narrow(0, first, recipe.Mixtures).zero_();
        return network;
    }

    /// <summary>Where the log-scales of each colour begin among the parameters of a pixel.</summary>
    public static IEnumerable<int> LogScales(int components, int colours) =>
        Enumerable.Range(0, colours).Select(colour => components * (2 + (colour * (colours == 1 ? 2 : 3))));

    /// <summary>One pixel of every image, <c>[N, ., 1, 1]</c>.</summary>
    public static torch.Tensor Pixel(torch.Tensor images, int row, int column) => images.narrow(2, row, 1).narrow(3, column, 1);

    public static torch.Tensor? Classes(PixelCnnPlusPlusRecipe recipe, long count) =>
        recipe.ClassConditional ? torch.arange(count, torch.ScalarType.Int64) % recipe.Classes : null;
}
