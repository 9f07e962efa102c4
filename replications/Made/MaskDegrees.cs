using TorchSharp;

namespace Replications.Made;

/// <summary>
/// The masks of one assignment of degrees on a device. A mask is held as what it is made of: for a weight <c>[outputs, inputs]</c> the
/// int32 degrees of its outputs, then those of its inputs; the connection is there where output >= input.
/// </summary>
public sealed class MaskDegrees : IDisposable
{
    private readonly torch.Tensor? _order;
    private readonly torch.Tensor? _places;

    /// <summary>Lays out the degrees.</summary>
    /// <param name="masks">The assignment.</param>
    /// <param name="device">Where the weights are.</param>
    public MaskDegrees(Masks masks, torch.Device device)
    {
        IReadOnlyList<int> input = masks.Input;
        Fixed = masks.Fixed;
        if (Fixed)
        {
            int[] places = [.. input.Select(m => m - 1)];
            long[] order = new long[places.Length];
            for (int d = 0; d < places.Length; d++)
                order[places[d]] = d;
            _order = torch.tensor(order, device: device).DetachFromDisposeScope();
            _places = torch.tensor(Array.ConvertAll(places, p => (long)p), device: device).DetachFromDisposeScope();
            input = [.. input.Order()];
        }

        IReadOnlyList<int> below = input;
        var hidden = new List<torch.Tensor>();
        foreach (IReadOnlyList<int> degrees in masks.Hidden)
        {
            IReadOnlyList<int> layer = Fixed ? [.. degrees.Order()] : degrees;
            hidden.Add(Pair(layer, below, device));
            below = layer;
        }

        // An output d passes what is strictly smaller than m0(d) (equation 9): at most m0(d) - 1.
        int[] strict = [.. input.Select(m => m - 1)];
        Hidden = hidden;
        Output = Pair(strict, below, device);
        Direct = Pair(strict, input, device);
    }

    /// <summary>
    /// True for the one mask of a network that has no other. Its inputs and units then stand in the order of their degrees: the same network with
    /// its units renamed, and every masked weight is a staircase, of which only the lower half need be computed.
    /// </summary>
    public bool Fixed { get; }

    /// <summary>Inputs as the weights' columns expect them.</summary>
    /// <param name="x"><c>[N, D]</c> in the data's order.</param>
    public torch.Tensor Arrange(torch.Tensor x) => _order is null ? x : x.index_select(1, _order);

    /// <summary>Outputs back in the data's order.</summary>
    /// <param name="x"><c>[N, D]</c> as the weights' rows give them.</param>
    public torch.Tensor Restore(torch.Tensor x) => _places is null ? x : x.index_select(1, _places);

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
        _order?.Dispose();
        _places?.Dispose();
    }

    private static torch.Tensor Pair(IReadOnlyList<int> outputs, IReadOnlyList<int> inputs, torch.Device device)
    {
        int[] degrees = [.. outputs, .. inputs];
        return torch.tensor(degrees, device: device).DetachFromDisposeScope();
    }
}
