using TorchSharp;

namespace Replications.Datasets.Loading;

/// <summary>Mirror images, for training only: a likelihood of flipped data is not one of the data.</summary>
public static class Flips
{
    /// <summary>Flips each picture left to right with probability 1/2.</summary>
    /// <param name="pictures"><c>[B, ..., width]</c>.</param>
    /// <param name="generator">Source of the coins; null for the device's default generator.</param>
    /// <returns>Same shape and type.</returns>
    public static torch.Tensor Horizontal(torch.Tensor pictures, torch.Generator? generator = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long[] perPicture = [pictures.shape[0], .. Enumerable.Repeat(1L, pictures.shape.Length - 1)];
        torch.Tensor coins = torch.rand(perPicture, torch.ScalarType.Float32, pictures.device, generator: generator).lt(0.5);
        return torch.where(coins, pictures.flip(-1), pictures).MoveToOuterDisposeScope();
    }
}
