using static TorchSharp.torch;

namespace Replications.PixelCnn;

/// <summary>Row LSTM (section 3.1): row after row from the top; input-to-state 3 x 1 with mask B, state-to-state 3 x 1 on the row above (Table 1).</summary>
public sealed class RowLstmLayer : LstmLayer
{
    private readonly MaskedConv2d inputToState;
    private readonly LstmCell lstm;

    /// <summary>Makes a layer.</summary>
    /// <param name="h">h.</param>
    /// <param name="colours">C.</param>
    public RowLstmLayer(int h, int colours)
        : base(nameof(RowLstmLayer))
    {
        inputToState = new MaskedConv2d(2 * h, 4 * h, (1, 3), colours, chunk: h);
        lstm = new LstmCell(h, (1, 1));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override bool IsDiagonal => false;

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Weights => [inputToState.Weight, inputToState.Bias!, .. lstm.Weights];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => lstm.call(inputToState.call(input).transpose(2, 3)).transpose(2, 3);

    /// <inheritdoc/>
    internal override IWalk Walk(Tensor images) => new RowLstmWalk(lstm, new ConvolutionWalk(inputToState, images), images);
}
