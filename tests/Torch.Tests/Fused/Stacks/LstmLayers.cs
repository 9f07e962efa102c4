using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused.Stacks;

/// <summary>The layers of a Row LSTM or a Diagonal BiLSTM.</summary>
public sealed record LstmLayers(Tensor[] Streams, Tensor[] Layers, Tensor[] Connected, Tensor Bias, bool Diagonal) : StackCase(Streams, Layers, Connected, Bias)
{
    /// <inheritdoc/>
    public override int TensorsOfLayer => Diagonal ? 12 : 7;

    /// <inheritdoc/>
    public override bool HasBfloat16 => false;

    public static LstmLayers Random(long h, long height, long width, int layers, int connected, bool diagonal, ScalarType type, long head = Head)
    {
        Tensor[] Lstm() =>
        [
            diagonal ? Leaf(type, 4 * h, 2 * h, 1, 1) : Masked(type, 2, 4 * h, 2 * h, 1, 3), Leaf(type, 4 * h), Leaf(type, 4 * h, h, diagonal ? 2 : 3), Leaf(type, 1, h, 1), Leaf(type, 1, h, 1),
        ];
        return new(
            [Images(type, 2 * h, height, width)],
            Repeat(layers, () => [.. Lstm(), .. diagonal ? Lstm() : [], Leaf(type, 2 * h, h, 1, 1), Leaf(type, 2 * h)]),
            Matrices(type, connected, head, 2 * h),
            Leaf(type, head),
            diagonal);
    }

    /// <inheritdoc/>
    public override Tensor Fused() => FusedOperators.LstmStack(Streams[0], Layers, Connected, Bias, Diagonal);

    /// <inheritdoc/>
    protected override Tensor[] Layer(Tensor[] streams, Tensor[] weights)
    {
        Tensor x = streams[0], states = Lstm(x, weights);
        if (Diagonal)
            states += nn.functional.pad(Lstm(x.flip(3), weights[5..]).flip(3).narrow(2, 0, x.shape[2] - 1), (0, 0, 1, 0));
        return [x + nn.functional.conv2d(states, weights[^2], weights[^1])];
    }

    /// <inheritdoc/>
    protected override Tensor Used(int place, Tensor gradient) => place == 0 && !Diagonal ? gradient.narrow(3, 0, 2) : gradient;

    // Equation 3 along the rows of a map, or along its diagonals: pixel p of line t is in row p and column t - p.
    private Tensor Lstm(Tensor x, Tensor[] w)
    {
        (long height, long width, long h) = (x.shape[2], x.shape[3], w[2].shape[1]);
        Tensor map = nn.functional.conv2d(x, w[0], w[1], padding: [0, Diagonal ? 0 : 1]), nothing = zeros_like(map.select(2, 0).select(2, 0));
        long positions = Diagonal ? height : width, lines = Diagonal ? height + width - 1 : height;
        Tensor Own(long p, long t) =>
            !Diagonal ? map.select(2, t).select(2, p) : t >= p && t - p < width ? map.select(2, p).select(2, t - p) : nothing;
        Tensor state = w[3].expand(x.shape[0], h, positions), cell = w[4].expand(x.shape[0], h, positions);
        List<Tensor> states = [];
        for (long t = 0; t < lines; t++)
        {
            Tensor own = stack([.. Enumerable.Range(0, (int)positions).Select(p => Own(p, t))], 2);
            Tensor gates = own + nn.functional.conv1d(nn.functional.pad(state, (1, Diagonal ? 0 : 1)), w[2]);
            Tensor[] parts = gates.chunk(4, 1);
            cell = (parts[1].sigmoid() * cell) + (parts[2].sigmoid() * parts[3].tanh());
            state = parts[0].sigmoid() * cell.tanh();
            states.Add(state);
        }

        return Diagonal
            ? stack([.. Enumerable.Range(0, (int)height).Select(p => stack([.. Enumerable.Range(0, (int)width).Select(j => states[p + j].select(2, p))], 2))], 2)
            : stack(states, 2);
    }
}
