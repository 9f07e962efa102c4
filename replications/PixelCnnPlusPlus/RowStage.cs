using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>The last two rows of some features: what a convolution of two rows reads.</summary>
internal sealed class RowMemory
{
    private readonly Tensor[] _rows;
    private readonly Tensor[][] _columns;

    /// <summary>Makes room; rows before the first are zero.</summary>
    public RowMemory(Tensor like, long features, long width)
    {
        _rows = [.. Enumerable.Range(0, 2).Select(_ => zeros([like.shape[0], features, 1, width], like.dtype, like.device))];
        _columns = [.. _rows.Select(r => Enumerable.Range(0, (int)width).Select(j => r.select(3, j).squeeze(2)).ToArray())];
    }

    /// <summary>A row and the one above it, <c>[N, features, 2, W]</c>.</summary>
    public Tensor Pair(int i) => cat([_rows[(i + 1) % 2], _rows[i % 2]], 2);

    /// <summary>A row, <c>[N, features, 1, W]</c>.</summary>
    public Tensor Row(int i) => _rows[i % 2];

    /// <summary>A row at a column, <c>[N, features]</c>.</summary>
    public Tensor At(int i, int j) => _columns[i % 2][j];

    /// <summary>Keeps a row.</summary>
    public void Keep(int i, Tensor row) => _rows[i % 2].copy_(row);
}

/// <summary>A block of the stream u, a row at a time.</summary>
internal sealed class RowBlock
{
    private readonly GatedResnetWeights _weights;
    private readonly Tensor _secondBias;
    private readonly RowMemory _inner;

    public RowBlock(GatedResnet block, Tensor like, long width, Tensor? classes)
    {
        _weights = block.Weights;
        _secondBias = _weights.SecondBias.reshape(1, -1, 1, 1);
        if (_weights.Classes is not null)
            _secondBias += _weights.Classes.index_select(0, classes!).unsqueeze(2).unsqueeze(3);
        _inner = new RowMemory(like, 2 * _weights.FirstBias.shape[0], width);
    }

    /// <summary>A row of its output.</summary>
    /// <param name="x">The row of its input, <c>[N, F, 1, W]</c>.</param>
    /// <param name="input">Concat-ELU of the input, the row included.</param>
    /// <param name="auxiliary">Concat-ELU of the auxiliary input's row, or null.</param>
    /// <param name="i">Which row.</param>
    public Tensor Row(Tensor x, RowMemory input, Tensor? auxiliary, int i)
    {
        Tensor c = functional.conv2d(input.Pair(i), _weights.First, _weights.FirstBias, padding: [0, 1]);
        if (auxiliary is not null)
            c += functional.conv2d(auxiliary, _weights.Auxiliary!, _weights.AuxiliaryBias);
        _inner.Keep(i, GatedResnet.ConcatElu(c));
        Tensor d = functional.conv2d(_inner.Pair(i), _weights.Second, padding: [0, 1]) + _secondBias;
        return x + functional.glu(d, 1);
    }
}

/// <summary>The stream u at one resolution and those below it, a row at a time.</summary>
internal sealed class RowStage
{
    private readonly RowBlock[] _up;
    private readonly RowBlock[] _down;
    private readonly RowMemory[] _upMemory;
    private readonly RowMemory[] _downMemory;
    private readonly RowMemory? _top;
    private readonly Tensor? _halve;
    private readonly Tensor? _halveBias;
    private readonly ShiftedConvTranspose2d? _double;
    private readonly Tensor? _doubled;

    public RowStage(PixelCnnPlusPlusNetwork network, int stage, Tensor like, (int Height, int Width) size, Tensor? classes)
    {
        int features = network.Filters;
        _up = [.. network.UpU(stage).Select(b => new RowBlock(b, like, size.Width, classes))];
        _down = [.. network.DownU(stage).Select(b => new RowBlock(b, like, size.Width, classes))];
        RowMemory Memory() => new(like, 2 * features, size.Width);
        _upMemory = [.. Enumerable.Range(0, _up.Length + 1).Select(_ => Memory())];
        // At the lowest resolution the way down starts from where the way up ended.
        bool last = stage == PixelCnnPlusPlusNetwork.Stages - 1;
        _downMemory = [last ? _upMemory[^1] : Memory(), .. _down.Select(_ => Memory())];
        if (last)
            return;
        _top = new RowMemory(like, features, size.Width);
        (_halve, _halveBias) = (network.HalveU(stage).Weight, network.HalveU(stage).Bias);
        _double = network.DoubleU(stage);
        _doubled = zeros([like.shape[0], features, 2, size.Width], like.dtype, like.device);
        Below = new RowStage(network, stage + 1, like, ((size.Height + 1) / 2, (size.Width + 1) / 2), classes);
    }

    /// <summary>The next lower resolution, if there is one.</summary>
    public RowStage? Below { get; }

    /// <summary>Concat-ELU of the output of a block on the way up, at a pixel of the last row.</summary>
    public Tensor Up(int block, int i, int j) => _upMemory[block + 1].At(i, j);

    /// <summary>Concat-ELU of the output of a block on the way down, at a pixel of the last row.</summary>
    public Tensor Down(int block, int i, int j) => _downMemory[block + 1].At(i, j);

    /// <summary>Takes the next row.</summary>
    /// <param name="x">A row of its input, <c>[N, F, 1, W]</c>.</param>
    /// <param name="i">Which row.</param>
    /// <returns>The row of its output, <c>[N, F, 1, W]</c>.</returns>
    public Tensor Row(Tensor x, int i)
    {
        _upMemory[0].Keep(i, GatedResnet.ConcatElu(x));
        for (int k = 0; k < _up.Length; k++)
        {
            x = _up[k].Row(x, _upMemory[k], null, i);
            _upMemory[k + 1].Keep(i, GatedResnet.ConcatElu(x));
        }

        if (Below is not null)
        {
            _top!.Keep(i, x);
            if (i % 2 == 0)
            {
                Tensor half = functional.conv2d(_top.Pair(i), _halve!, _halveBias, strides: [2, 2], padding: [0, 1]);
                _doubled!.copy_(_double!.call(Below.Row(half, i / 2)).narrow(3, 0, _doubled.shape[3]));
            }

            x = _doubled!.narrow(2, i % 2, 1);
            _downMemory[0].Keep(i, GatedResnet.ConcatElu(x));
        }

        for (int k = 0; k < _down.Length; k++)
        {
            x = _down[k].Row(x, _downMemory[k], _upMemory[_down.Length - 1 - k].Row(i), i);
            _downMemory[k + 1].Keep(i, GatedResnet.ConcatElu(x));
        }

        return x;
    }
}
