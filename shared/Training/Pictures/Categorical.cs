using TorchSharp;

namespace Replications.Training.Pictures;

/// <summary>Draws from a distribution over K values, given by logits.</summary>
public static class Categorical
{
    /// <summary>The first value whose cumulative probability lies above a number drawn uniformly on [0, 1).</summary>
    /// <param name="logits"><c>[N, K]</c>.</param>
    /// <param name="uniform"><c>[N]</c>.</param>
    /// <returns><c>[N]</c> int64, 0 ... K - 1; the last where rounding leaves the sum of all below the number.</returns>
    public static torch.Tensor Draw(torch.Tensor logits, torch.Tensor uniform)
    {
        // Sums of the first values as a product of matrices: for a GPU, many a libtorch has no deterministic cumsum of floating numbers, and refuses the other.
        torch.Tensor upTo = torch.ones([logits.shape[1], logits.shape[1]], logits.dtype, logits.device).triu();
        torch.Tensor below = logits.softmax(1).matmul(upTo) <= uniform.unsqueeze(1);
        return below.to(torch.ScalarType.Int64).sum(1).clamp(0, logits.shape[1] - 1);
    }
}
