using static TorchSharp.torch;

namespace Replications.PixelCnn;

/// <summary>A layer of a PixelRNN pixel by pixel: LSTMs, a 1 x 1 convolution, and the input added.</summary>
/// <param name="lstm">From 2h to h features.</param>
/// <param name="up">From h to 2h features.</param>
internal sealed class LstmWalk(IWalk lstm, ConvolutionWalk up) : IWalk
{
    /// <inheritdoc/>
    public Tensor? Row(Tensor? vertical) => lstm.Row(vertical);

    /// <inheritdoc/>
    public Tensor Pixel(Tensor x, int j) => x + up.Pixel(lstm.Pixel(x, j), j);
}

/// <summary>A Row LSTM pixel by pixel; what it hears of the row above is one convolution.</summary>
internal sealed class RowLstmWalk : IWalk
{
    private readonly LstmCell _lstm;
    private readonly ConvolutionWalk _inputToState;
    private readonly Tensor _hidden;
    private Tensor _cellAbove;
    private Tensor _cell;
    private Tensor? _stateToState;

    /// <summary>Starts from the state before the first row.</summary>
    public RowLstmWalk(LstmCell lstm, ConvolutionWalk inputToState, Tensor images)
    {
        _lstm = lstm;
        _inputToState = inputToState;
        (Tensor hidden, Tensor cell) = lstm.Initial(images.shape[0], images.shape[3]);
        _hidden = hidden.clone();
        _cell = cell.clone();
        _cellAbove = empty_like(_cell);
    }

    /// <inheritdoc/>
    public Tensor? Row(Tensor? vertical)
    {
        _inputToState.Row(null);
        _stateToState = _lstm.StateToState(_hidden);
        (_cellAbove, _cell) = (_cell, _cellAbove);
        return null;
    }

    /// <inheritdoc/>
    public Tensor Pixel(Tensor x, int j)
    {
        (Tensor h, Tensor c) = _lstm.Step(_inputToState.Pixel(x, j) + _stateToState!.select(2, j), _cellAbove.select(2, j));
        _hidden.select(2, j).copy_(h);
        _cell.select(2, j).copy_(c);
        return h;
    }
}

/// <summary>An LSTM along the diagonals from the top left corner, pixel by pixel: it hears the states above and on the left.</summary>
internal sealed class DiagonalLstmWalk : IWalk
{
    private readonly LstmCell _lstm;
    private readonly ConvolutionWalk _inputToState;
    private readonly Tensor _matrix;
    private readonly (Tensor Hidden, Tensor Cell)[] _outside;
    private readonly Tensor _cell;
    private Tensor _above;
    private Tensor _here;
    private int _row = -1;

    /// <summary>Starts before the first row.</summary>
    public DiagonalLstmWalk(LstmCell lstm, ConvolutionWalk inputToState, Tensor images)
    {
        _lstm = lstm;
        _inputToState = inputToState;
        _matrix = lstm.StateMatrix;
        _outside = Outside(lstm, (int)images.shape[2]);
        // A column for the state on the left of the image; above the first row the LSTM hears 0.
        _above = zeros_like(lstm.Initial(images.shape[0], images.shape[3] + 1).Hidden);
        _here = zeros_like(_above);
        _cell = zeros_like(_above);
    }

    /// <summary>Features of what it sees.</summary>
    public long Inputs => _inputToState.Inputs;

    /// <inheritdoc/>
    public Tensor? Row(Tensor? vertical)
    {
        _row++;
        (_above, _here) = (_here, _above);
        _here.select(2, 0).copy_(_outside[_row].Hidden);
        _cell.select(2, 0).copy_(_outside[_row].Cell);
        return null;
    }

    /// <inheritdoc/>
    public Tensor Pixel(Tensor x, int j)
    {
        Tensor gates = _inputToState.Pixel(x, j).addmm(cat([_above.select(2, j + 1), _here.select(2, j)], 1), _matrix);
        (Tensor h, Tensor c) = _lstm.Step(gates, _cell.select(2, j));
        _here.select(2, j + 1).copy_(h);
        _cell.select(2, j + 1).copy_(c);
        return h;
    }

    /// <summary>The state at a column of the last row, <c>[N, h]</c>.</summary>
    public Tensor At(int j) => _here.select(2, j + 1);

    /// <summary>
    /// States on the left of each row. A row waits as many lines as there are rows above it; meanwhile it hears no image, only states that wait as well,
    /// so these are the same for all images.
    /// </summary>
    private static (Tensor Hidden, Tensor Cell)[] Outside(LstmCell lstm, int height)
    {
        (Tensor h, Tensor c) = lstm.Initial(1, height);
        var states = new (Tensor, Tensor)[height];
        for (int i = 0; i < height; i++)
        {
            states[i] = (h.select(2, i), c.select(2, i));
            (h, c) = lstm.Step(lstm.StateToState(h), c);
        }

        return states;
    }
}

/// <summary>A Diagonal BiLSTM pixel by pixel: the LSTM from the right goes through a row when it is whole, and is heard in the next one.</summary>
/// <param name="left">From the top left corner.</param>
/// <param name="right">From the top right corner, in a mirrored image.</param>
/// <param name="images">Images that are drawn.</param>
internal sealed class DiagonalBiLstmWalk(DiagonalLstmWalk left, DiagonalLstmWalk right, Tensor images) : IWalk
{
    private readonly Tensor _seen = zeros([images.shape[0], right.Inputs, images.shape[3]], images.dtype, images.device);
    private readonly int _width = (int)images.shape[3];
    private int _row = -1;

    /// <inheritdoc/>
    public Tensor? Row(Tensor? vertical)
    {
        left.Row(null);
        if (_row++ < 0)
            return null;
        right.Row(null);
        for (int j = 0; j < _width; j++)
            right.Pixel(_seen.select(2, _width - 1 - j), j);
        return null;
    }

    /// <inheritdoc/>
    public Tensor Pixel(Tensor x, int j)
    {
        _seen.select(2, j).copy_(x);
        Tensor h = left.Pixel(x, j);
        return _row == 0 ? h : h + right.At(_width - 1 - j);
    }
}
