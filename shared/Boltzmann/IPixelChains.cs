using Replications.Metrics.Sampling;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>Gibbs chains over binary pixels and whatever units a machine has beside them: what its pictures need.</summary>
public interface IPixelChains
{
    /// <summary>Weights of the first hidden units, <c>[hidden, pixels]</c>.</summary>
    torch.Tensor Filters { get; }

    /// <summary>Biases of the pixels, <c>[pixels]</c>.</summary>
    torch.Tensor PixelBias { get; }

    /// <summary>States that a step begins with, of chains that stand at some pixels.</summary>
    /// <param name="v"><c>[N, pixels]</c>.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Pixels first.</returns>
    IReadOnlyList<torch.Tensor> Begin(torch.Tensor v, BernoulliSource random);

    /// <summary>One full step of Gibbs sampling.</summary>
    /// <param name="units">States, pixels first; not changed.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>New states, pixels first, and the probabilities the pixels were drawn with.</returns>
    (IReadOnlyList<torch.Tensor> Units, torch.Tensor Pixels) Next(IReadOnlyList<torch.Tensor> units, BernoulliSource random);
}
