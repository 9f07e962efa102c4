using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>A layer of LSTMs (figure 5, right): from features <c>[N, 2h, H, W]</c> to states <c>[N, h, H, W]</c>.</summary>
/// <param name="name">Name of the module.</param>
public abstract class LstmLayer(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>Whether the lines of its states are the diagonals of a map, not its rows.</summary>
    public abstract bool IsDiagonal { get; }

    /// <summary>Its weights and biases as they are applied, in the order of <see cref="Replications.Training.Fused.FusedLayers.LstmStack"/>.</summary>
    public abstract IEnumerable<Tensor> Weights { get; }

    /// <summary>The layer pixel by pixel.</summary>
    /// <param name="images">As in <see cref="PixelNetwork.Walk"/>.</param>
    internal abstract IWalk Walk(Tensor images);
}
