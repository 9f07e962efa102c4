using Replications.PixelCnn;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnn;

/// <summary>Small networks of every kind with random weights, biases included.</summary>
internal static class Networks
{
    public static TheoryData<PixelNetworkKind, int> All
    {
        get
        {
            var data = new TheoryData<PixelNetworkKind, int>();
            foreach (PixelNetworkKind kind in Enum.GetValues<PixelNetworkKind>())
            {
                data.Add(kind, 1);
                data.Add(kind, 3);
            }

            return data;
        }
    }

    // LSTMs are as wide as their operator needs them.
    public static PixelRecipe Recipe(PixelNetworkKind kind, PixelOutput output)
    {
        bool recurrent = kind is PixelNetworkKind.RowLstm or PixelNetworkKind.DiagonalBiLstm;
        return new() { Network = kind, Output = output, Layers = 2, Hidden = recurrent ? 16 : 9, HeadWidth = recurrent ? 16 : 12, ClassConditional = kind == PixelNetworkKind.Gated, Classes = 3 };
    }

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
