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

    public static torch.Tensor? Classes(PixelCnnPlusPlusRecipe recipe, long count) =>
        recipe.ClassConditional ? torch.arange(count, torch.ScalarType.Int64) % recipe.Classes : null;
}
