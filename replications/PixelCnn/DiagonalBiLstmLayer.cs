using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// Diagonal BiLSTM (section 3.2): two LSTMs go along the diagonals, from the top left and from the top right corner. The second one has
/// seen the pixels to the right in its own row, so its states are taken one row further down before they are added.
/// </summary>
public sealed class DiagonalBiLstmLayer : LstmLayer
{
    private readonly DiagonalLstm left;
    private readonly DiagonalLstm right;

    /// <summary>Makes a layer.</summary>
    /// <param name="h">h.</param>
    /// <param name="colours">C.</param>
    public DiagonalBiLstmLayer(int h, int colours)
        : base(nameof(DiagonalBiLstmLayer))
    {
        left = new DiagonalLstm(h, colours);
        right = new DiagonalLstm(h, colours);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override bool IsDiagonal => true;

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Weights => [.. left.Weights, .. right.Weights];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor mirrored = right.call(input.flip(3)).flip(3);
        Tensor shifted = functional.pad(mirrored.narrow(2, 0, input.shape[2] - 1), (0, 0, 1, 0));
        return left.call(input) + shifted;
    }

    /// <inheritdoc/>
    internal override IWalk Walk(Tensor images) => new DiagonalBiLstmWalk(left.Walk(images), right.Walk(images), images);
}

/// <summary>An LSTM along the diagonals from the top left corner: input-to-state 1 x 1 with mask B, state-to-state 2 x 1 (Table 1).</summary>
public sealed class DiagonalLstm : Module<Tensor, Tensor>
{
    private readonly MaskedConv2d inputToState;
    private readonly LstmCell lstm;

    /// <summary>Makes a direction.</summary>
    /// <param name="h">h.</param>
    /// <param name="colours">C.</param>
    public DiagonalLstm(int h, int colours)
        : base(nameof(DiagonalLstm))
    {
        inputToState = new MaskedConv2d(2 * h, 4 * h, (1, 1), colours, chunk: h);
        lstm = new LstmCell(h, (1, 0));
        RegisterComponents();
    }

    /// <summary>Its weights and biases as they are applied.</summary>
    public IEnumerable<Tensor> Weights => [inputToState.Weight, inputToState.Bias!, .. lstm.Weights];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Unskew(lstm.call(Skew(inputToState.call(input))), input.shape[3]);

    /// <summary>The direction pixel by pixel.</summary>
    /// <param name="images">As in <see cref="PixelNetwork.Walk"/>.</param>
    internal DiagonalLstmWalk Walk(Tensor images) => new(lstm, new ConvolutionWalk(inputToState, images), images);

    /// <summary>
    /// Moves each row one place further than the row above (figure 3), so that a diagonal becomes a column, in which the pixel above is
    /// one place up and the pixel to the left in the same place of the column before: <c>[N, F, H, W]</c> to <c>[N, F, H, W + H - 1]</c>.
    /// </summary>
    /// <param name="map">Any map.</param>
    public static Tensor Skew(Tensor map)
    {
        long height = map.shape[2], width = map.shape[3];
        // Rows of W + H values written one after another and read as rows of W + H - 1.
        Tensor rows = functional.pad(map, (0, height)).reshape(map.shape[0], map.shape[1], height * (width + height));
        return rows.narrow(2, 0, height * (width + height - 1)).reshape(map.shape[0], map.shape[1], height, width + height - 1);
    }

    /// <summary>Undoes <see cref="Skew"/>.</summary>
    /// <param name="map"><c>[N, F, H, W + H - 1]</c>.</param>
    /// <param name="width">W.</param>
    public static Tensor Unskew(Tensor map, long width)
    {
        long height = map.shape[2];
        Tensor rows = functional.pad(map.reshape(map.shape[0], map.shape[1], height * (width + height - 1)), (0, height));
        return rows.reshape(map.shape[0], map.shape[1], height, width + height).narrow(3, 0, width);
    }
}
