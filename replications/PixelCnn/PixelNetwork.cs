using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// A network whose outputs at a value depend on the values before it alone, in the order rows, columns, colours (section 2.1):
/// <c>p(x) = prod_i p(x_i | x_1 ... x_(i-1))</c>.
/// </summary>
/// <param name="name">Name of the module.</param>
public abstract class PixelNetwork(string name) : Module<Tensor, Tensor?, Tensor>(name)
{
    /// <summary>Parameters of the conditionals.</summary>
    /// <param name="input">Values scaled to [-1, 1], <c>[N, C, H, W]</c>.</param>
    /// <param name="input2">Classes <c>[N]</c> int64, or null.</param>
    /// <returns>Logits: <c>[N, C, H, W]</c> for bits, <c>[N, C 256, H, W]</c> otherwise, colour by colour.</returns>
    public abstract override Tensor forward(Tensor input, Tensor? input2);

    /// <summary>The logits of <see cref="forward"/> layer by layer, as the paper has it: what it must equal.</summary>
    /// <param name="input">Values scaled to [-1, 1], <c>[N, C, H, W]</c>.</param>
    /// <param name="classes"><c>[N]</c> int64, or null.</param>
    /// <returns>As <see cref="forward"/> does.</returns>
    public abstract Tensor LayerByLayer(Tensor input, Tensor? classes);

    /// <summary>Sets out over images pixel by pixel.</summary>
    /// <param name="images">Images that are drawn, <c>[N, C, H, W]</c>: their number, sides, type and device count.</param>
    /// <param name="classes"><c>[N]</c> int64, or null.</param>
    internal abstract NetworkWalk Walk(Tensor images, Tensor? classes);

    /// <summary>Makes the network of a recipe.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="shape">Images.</param>
    public static PixelNetwork Of(PixelRecipe recipe, ImageShape shape) => recipe.Network switch
    {
        PixelNetworkKind.PixelCnn => new PixelCnnNetwork(recipe, shape),
        PixelNetworkKind.Gated => new GatedPixelCnn(recipe, shape),
        PixelNetworkKind.RowLstm => new PixelRnnNetwork(recipe, shape, (h, c) => new RowLstmLayer(h, c)),
        PixelNetworkKind.DiagonalBiLstm => new PixelRnnNetwork(recipe, shape, (h, c) => new DiagonalBiLstmLayer(h, c)),
        _ => throw new InvalidOperationException($"network {recipe.Network} does not exist"),
    };
}
