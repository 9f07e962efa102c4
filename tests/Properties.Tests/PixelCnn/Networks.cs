using Replications.PixelCnn;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnn;

/// <summary>Small networks of every kind with random weights, biases included: as wide as their operators need them, and plain.</summary>
internal static class Networks
{
    public static TheoryData<PixelNetworkKind, int, bool> All
    {
        get
        {
            var data = new TheoryData<PixelNetworkKind, int, bool>();
            foreach (PixelNetworkKind kind in Enum.GetValues<PixelNetworkKind>())
            {
                foreach (int colours in (int[])[1, 3])
                {
                    data.Add(kind, colours, true);
                    data.Add(kind, colours, false);
                }
            }

            return data;
        }
    }

    // A conditional network goes layer by layer at any width.
    public static PixelRecipe Recipe(PixelNetworkKind kind, PixelOutput output, bool fused) => new()
    {
        Network = kind,
        Output = output,
        Layers = 2,
        Hidden = fused ? 16 : 9,
        HeadWidth = fused ? 16 : 12,
        ClassConditional = kind == PixelNetworkKind.Gated && !fused,
        Classes = 3,
    };

    public static PixelNetwork Random(PixelRecipe recipe, ImageShape shape)
    {
        torch.manual_seed(3);
        PixelNetwork network = PixelNetwork.Of(recipe, shape);
        foreach (TorchSharp.Modules.Parameter p in network.parameters())
            torch.nn.init.normal_(p, 0, 0.4);
        return network;
    }

    public static torch.Tensor? Classes(PixelRecipe recipe, long count) =>
        recipe.ClassConditional ? torch.arange(count, torch.ScalarType.Int64) % recipe.Classes : null;
}
