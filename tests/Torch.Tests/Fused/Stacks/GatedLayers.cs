using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused.Stacks;

/// <summary>The layers of a Gated PixelCNN.</summary>
public sealed record GatedLayers(Tensor[] Streams, Tensor[] Layers, Tensor[] Connected, Tensor Bias) : StackCase(Streams, Layers, Connected, Bias)
{
    /// <inheritdoc/>
    public override int TensorsOfLayer => 7;

    public static GatedLayers Random(long p, long height, long width, int layers, int connected, ScalarType type, long head = Head) => new(
        [Images(type, p, height, width), Images(type, p, height, width)],
        Repeat(layers, () => [
            Leaf(type, 2 * p, p, 2, 3), Leaf(type, 2 * p), Leaf(type, 2 * p, 2 * p, 1, 1), Masked(type, 2, 2 * p, p, 1, 3), Leaf(type, 2 * p), Leaf(type, p, p, 1, 1), Leaf(type, p),
        ]),
        Matrices(type, connected, head, p),
        Leaf(type, head));

    /// <inheritdoc/>
    public override Tensor Fused() => FusedOperators.GatedStack(Streams[0], Streams[1], Layers, Connected, Bias);

    /// <inheritdoc/>
    protected override Tensor[] Layer(Tensor[] streams, Tensor[] weights)
    {
        Tensor a = nn.functional.conv2d(nn.functional.pad(streams[0], (1, 1, 1, 0)), weights[0], weights[1]);
        Tensor b = nn.functional.conv2d(streams[1], weights[3], weights[4], padding: [0, 1]) + nn.functional.conv2d(a, weights[2]);
        return [Gate(a), streams[1] + nn.functional.conv2d(Gate(b), weights[5], weights[6])];
    }

    /// <inheritdoc/>
    protected override Tensor Used(int place, Tensor gradient) => place == 3 ? gradient.narrow(3, 0, 2) : gradient;

    private static Tensor Gate(Tensor x) => x.narrow(1, 0, x.shape[1] / 2).tanh() * x.narrow(1, x.shape[1] / 2, x.shape[1] / 2).sigmoid();
}
