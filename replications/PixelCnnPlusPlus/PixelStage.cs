using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>Some features at the pixels of the last two rows: what a convolution of two rows and two columns reads.</summary>
internal sealed class PixelMemory
{
    private readonly Tensor[][] _rows;

    /// <summary>Makes room; rows before the first, and the column before the first, are zero.</summary>
    public PixelMemory(Tensor like, long features, int width) => _rows =
    [
        .. Enumerable.Range(0, 2).Select(_ =>
            Enumerable.Range(0, width + 1).Select(_ => zeros([like.shape[0], features], like.dtype, like.device)).ToArray()),
    ];

    /// <summary>A pixel, <c>[N, features]</c>.</summary>
    public Tensor At(int i, int j) => _rows[i % 2][j + 1];

    /// <summary>The four pixels up to one, in the order of the rows.</summary>
    public Tensor[] Four(int i, int j)
    {
        Tensor[] above = _rows[(i + 1) % 2], here = _rows[i % 2];
        return [above[j], above[j + 1], here[j], here[j + 1]];
    }

    /// <summary>Keeps a pixel.</summary>
    public void Keep(int i, int j, Tensor pixel) => _rows[i % 2][j + 1].copy_(pixel);
}

/// <summary>A block of the stream ul, a pixel at a time: two products of a vector and a matrix, the auxiliary inputs' in the first.</summary>
internal sealed class PixelBlock
{
    private readonly Tensor _first;
    private readonly Tensor _firstBias;
    private readonly Tensor _second;
    private readonly Tensor _secondBias;
    private readonly PixelMemory _inner;

    public PixelBlock(GatedResnet block, Tensor like, int width, Tensor? classes)
    {
        GatedResnetWeights weights = block.Weights;
        long features = weights.FirstBias.shape[0];
        _first = cat([Matrices.Of(weights.First), Matrices.OfAuxiliary(weights.Auxiliary!, features)]);
        _firstBias = weights.FirstBias + weights.AuxiliaryBias!;
        _second = Matrices.Of(weights.Second);
        _secondBias = weights.Classes is null ? weights.SecondBias : weights.SecondBias + weights.Classes.index_select(0, classes!);
        _inner = new PixelMemory(like, 2 * features, width);
    }

    /// <summary>Its output at a pixel.</summary>
    /// <param name="x">Its input there, <c>[N, F]</c>.</param>
    /// <param name="input">Concat-ELU of the input, the pixel included.</param>
    /// <param name="auxiliary">Concat-ELU of each auxiliary input there.</param>
    /// <param name="i">Row.</param>
    /// <param name="j">Column.</param>
    public Tensor Pixel(Tensor x, PixelMemory input, Tensor[] auxiliary, int i, int j)
    {
        Tensor c = _firstBias.addmm(cat([.. input.Four(i, j), .. auxiliary], 1), _first);
        _inner.Keep(i, j, GatedResnet.ConcatElu(c));
        return x + functional.glu(_secondBias.addmm(cat(_inner.Four(i, j), 1), _second), 1);
    }
}

/// <summary>The stream ul at one resolution and those below it, a pixel at a time.</summary>
internal sealed class PixelStage
{
    private readonly RowStage _u;
    private readonly PixelBlock[] _up;
    private readonly PixelBlock[] _down;
    private readonly PixelMemory[] _upMemory;
    private readonly PixelMemory[] _downMemory;
    private readonly PixelStage? _below;
    private readonly PixelMemory? _top;
    private readonly PixelMemory? _doubled;
    private readonly (Tensor Weight, Tensor Bias) _halve;
    private readonly (Tensor Weight, Tensor Bias) _double;

    public PixelStage(PixelCnnPlusPlusNetwork network, int stage, RowStage u, Tensor like, int width, Tensor? classes)
    {
        int features = network.Filters;
        _u = u;
        _up = [.. network.UpUl(stage).Select(b => new PixelBlock(b, like, width, classes))];
        _down = [.. network.DownUl(stage).Select(b => new PixelBlock(b, like, width, classes))];
        PixelMemory Memory() => new(like, 2 * features, width);
        _upMemory = [.. Enumerable.Range(0, _up.Length + 1).Select(_ => Memory())];
        bool last = stage == PixelCnnPlusPlusNetwork.Stages - 1;
        _downMemory = [last ? _upMemory[^1] : Memory(), .. _down.Skip(1).Select(_ => Memory())];
        if (last)
            return;
        _top = new PixelMemory(like, features, width);
        // One column more, for the right half of what comes from the last column of an odd number.
        _doubled = new PixelMemory(like, features, width + 1);
        _halve = (Matrices.Of(network.HalveUl(stage).Weight), network.HalveUl(stage).Bias);
        _double = (Matrices.OfTransposed(network.DoubleUl(stage).Weight), network.DoubleUl(stage).Bias.repeat(4));
        _below = new PixelStage(network, stage + 1, u.Below!, like, (width + 1) / 2, classes);
    }

    /// <summary>Takes the next pixel; u must have taken its row.</summary>
    /// <param name="x">Its input, <c>[N, F]</c>.</param>
    /// <param name="i">Row.</param>
    /// <param name="j">Column.</param>
    /// <returns>Its output, <c>[N, F]</c>.</returns>
    public Tensor Pixel(Tensor x, int i, int j)
    {
        _upMemory[0].Keep(i, j, GatedResnet.ConcatElu(x));
        for (int k = 0; k < _up.Length; k++)
        {
            x = _up[k].Pixel(x, _upMemory[k], [_u.Up(k, i, j)], i, j);
            _upMemory[k + 1].Keep(i, j, GatedResnet.ConcatElu(x));
        }

        if (_below is not null)
        {
            _top!.Keep(i, j, x);
            if (i % 2 == 0 && j % 2 == 0)
                Below(i, j);
            x = _doubled!.At(i, j);
            _downMemory[0].Keep(i, j, GatedResnet.ConcatElu(x));
        }

        for (int k = 0; k < _down.Length; k++)
        {
            if (k > 0)
                _downMemory[k].Keep(i, j, GatedResnet.ConcatElu(x));
            x = _down[k].Pixel(x, _downMemory[k], [_u.Down(k, i, j), _upMemory[_down.Length - 1 - k].At(i, j)], i, j);
        }

        return x;
    }

    /// <summary>Lets the lower resolution take a pixel, whose four are then known.</summary>
    private void Below(int i, int j)
    {
        Tensor half = _halve.Bias.addmm(cat(_top!.Four(i, j), 1), _halve.Weight);
        Tensor[] four = _double.Bias.addmm(_below!.Pixel(half, i / 2, j / 2), _double.Weight).chunk(4, 1);
        _doubled!.Keep(i, j, four[0]);
        _doubled.Keep(i, j + 1, four[1]);
        _doubled.Keep(i + 1, j, four[2]);
        _doubled.Keep(i + 1, j + 1, four[3]);
    }
}
