using TorchSharp;

namespace Replications.Datasets.Loading;

/// <summary>Uniform noise that turns 256 grey levels into a density on [0, 1) (Uria et al. 2013; Theis et al. 2016).</summary>
public static class Dequantization
{
    private const double Levels = 256;

    /// <summary>The largest float32 below 1: k + u is rounded up to 256 once in some hundred thousand draws of k = 255.</summary>
    private const double BelowOne = 1 - (1.0 / (1 << 24));

    /// <summary>(k + u) / 256 with u uniform on [0, 1). Not k / 255 + u / 256, which leaves gaps and overlaps between the levels.</summary>
    /// <param name="pixels">Integers 0..255, any shape.</param>
    /// <param name="generator">Source of u; null for the device's default generator.</param>
    /// <returns>float32 in [0, 1), same shape.</returns>
    public static torch.Tensor Uniform(torch.Tensor pixels, torch.Generator? generator = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor noise = torch.rand(pixels.shape, torch.ScalarType.Float32, pixels.device, generator: generator);
        return noise.add_(pixels).div_(Levels).clamp_max_(BelowOne).MoveToOuterDisposeScope();
    }
}
