using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>Row LSTM (section 3.1): row after row from the top; input-to-state 3 x 1 with mask B, state-to-state 3 x 1 on the row above (Table 1).</summary>
public sealed class RowLstmLayer : Module<Tensor, Tensor>
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

    /// <summary>From features <c>[N, 2h, H, W]</c> to states <c>[N, h, H, W]</c>.</summary>
    /// <param name="input">Features.</param>
    public override Tensor forward(Tensor input) => lstm.Along(inputToState.call(input), false, LineByLine);

    /// <summary>What <see cref="forward"/> makes of the input-to-state part <c>[N, 4h, H, W]</c>, a row at a time.</summary>
    /// <param name="map">Input-to-state part.</param>
    public Tensor LineByLine(Tensor map) => lstm.call(map.transpose(2, 3)).transpose(2, 3);
}
