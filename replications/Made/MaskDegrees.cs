using TorchSharp;

namespace Replications.Made;

/// <summary>
/// The masks of one assignment of degrees on a device. A mask is held as what it is made of: for a weight <c>[outputs, inputs]</c> the
/// int32 degrees of its outputs, then those of its inputs; the connection is there where output >= input.
/// </summary>
public sealed class MaskDegrees : IDisposable
{
    /// <summary>Lays out the degrees.</summary>
    /// <param name="masks">The assignment.</param>
    /// <param name="device">Where the weights are.</param>
    public MaskDegrees(Masks masks, torch.Device device)
    {
        IReadOnlyList<int> below = masks.Input;
        var hidden = new List<torch.Tensor>();
        foreach (IReadOnlyList<int> layer in masks.Hidden)
        {
            hidden.Add(Pair(layer, below, device));
            below = layer;
        }

        // An output d passes what is strictly smaller than m0(d) (equation 9): at most m0(d) - 1.
        int[] strict = [.. masks.Input.Select(m => m - 1)];
        Hidden = hidden;
        Output = Pair(strict, below, device);
        Direct = Pair(strict, masks.Input, device);
    }

    /// <summary>M^Wl: of each hidden layer.</summary>
    public IReadOnlyList<torch.Tensor> Hidden { get; }

    /// <summary>M^V: of the output layer.</summary>
    public torch.Tensor Output { get; }

    /// <summary>M^A: of the direct connection.</summary>
    public torch.Tensor Direct { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor degrees in Hidden)
            degrees.Dispose();
        Output.Dispose();
        Direct.Dispose();
    }

    private static torch.Tensor Pair(IReadOnlyList<int> outputs, IReadOnlyList<int> inputs, torch.Device device)
    {
        int[] degrees = [.. outputs, .. inputs];
        return torch.tensor(degrees, device: device).DetachFromDisposeScope();
    }
}
