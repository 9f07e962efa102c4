using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused.Stacks;

/// <summary>The blocks of a PixelCNN.</summary>
public sealed record ResidualLayers(Tensor[] Streams, Tensor[] Layers, Tensor[] Connected, Tensor Bias) : StackCase(Streams, Layers, Connected, Bias)
{
    /// <inheritdoc/>
    public override int TensorsOfLayer => 6;

    public static ResidualLayers Random(long h, long height, long width, int layers, int connected, ScalarType type, long head = Head) => new(
        [Images(type, 2 * h, height, width)],
        Repeat(layers, () => [Leaf(type, h, 2 * h, 1, 1), Leaf(type, h), Masked(type, 5, h, h, 3, 3), Leaf(type, h), Leaf(type, 2 * h, h, 1, 1), Leaf(type, 2 * h)]),
        Matrices(type, connected, head, 2 * h),
        Leaf(type, head));

    /// <inheritdoc/>
    public override Tensor Fused() => FusedOperators.ResidualStack(Streams[0], Layers, Connected, Bias);

    /// <inheritdoc/>
    protected override Tensor[] Layer(Tensor[] streams, Tensor[] weights)
    {
        Tensor x = streams[0], inner = nn.functional.conv2d(nn.functional.relu(x), weights[0], weights[1]);
        inner = nn.functional.conv2d(nn.functional.relu(inner), weights[2], weights[3], padding: [1, 1]);
        return [x + nn.functional.conv2d(nn.functional.relu(inner), weights[4], weights[5])];
    }

    /// <inheritdoc/>
    protected override Tensor Used(int place, Tensor gradient) => place == 2 ? gradient.flatten(2).narrow(2, 0, 5) : gradient;
}
