using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Operators of our own, registered in libtorch's dispatcher with their derivatives and autocast rules: see native/*/fused_*.cpp.
/// For shared/Training, which has the same as plain operators for the TorchSharp packages.
/// </summary>
public static class FusedOperators
{
    private static readonly Operator s_maskedLinear = new("replications::masked_linear");
    private static readonly Operator s_bernoulliNll = new("replications::bernoulli_nll");
    private static readonly Operator s_applyMask = new("replications::apply_mask");
    private static readonly Operator s_logisticBernoulli = new("replications::logistic_bernoulli_");
    private static readonly Operator s_softplusDifference = new("replications::softplus_difference");
    private static readonly Operator s_packRows = new("replications::pack_rows");
    private static readonly Operator s_sparseLinear = new("replications::sparse_linear");
    private static readonly Operator s_residualStack = new("replications::residual_stack");
    private static readonly Operator s_gatedStack = new("replications::gated_stack");
    private static readonly Operator s_weightNorm = new("aten::_weight_norm");
    private static readonly Operator s_gatedResnet = new("replications::gated_resnet");
    private static readonly Operator s_lstmStack = new("replications::lstm_stack");

    /// <summary>input · (weight ∘ mask)ᵀ + bias.</summary>
    /// <param name="input">[..., in]; its type is the type of the products.</param>
    /// <param name="weight">[out, in], float32 or float64.</param>
    /// <param name="mask">
    /// bool [out, in], or degrees: int32 [out + in], outputs first, where a connection is kept when output ≥ input. When both
    /// parts are sorted the layer does only the products below the staircase.
    /// </param>
    /// <param name="bias">[out], or none.</param>
    /// <param name="kept">
    /// weight ∘ mask, where the caller keeps it up to date, so that nothing is multiplied: the weight itself when it is zero
    /// where masked, or a bfloat16 copy (see <see cref="FusedUpdate.Copy"/>).
    /// </param>
    public static Tensor MaskedLinear(Tensor input, Tensor weight, Tensor mask, Tensor? bias = null, Tensor? kept = null) =>
        s_maskedLinear.Call(input, weight, mask, bias, kept);

    /// <summary>Negative log-likelihood of each example under independent Bernoullis: Σ softplus(logit) - target · logit.</summary>
    /// <param name="logits">[batch, ...].</param>
    /// <param name="targets">Of the same shape, in [0, 1]; any floating type.</param>
    /// <returns>[batch], in nats.</returns>
    public static Tensor BernoulliNll(Tensor logits, Tensor targets) => s_bernoulliNll.Call(logits, targets);

    /// <summary>Zeroes a weight in place where the mask does not keep it.</summary>
    public static Tensor ApplyMask(Tensor weight, Tensor mask)
    {
        using var gradients = no_grad();
        return s_applyMask.CallInPlace(weight, mask);
    }

    /// <summary>Turns logits, in place, into draws of Bernoulli(sigmoid(scale · logit + bias)): zeros and ones, NaN where the logit is NaN.</summary>
    /// <param name="logits">[..., units], overwritten.</param>
    /// <param name="generator">int64 [key, position] on the CPU, the whole state of the random numbers; its position moves on.</param>
    /// <param name="scale">Inverse temperature of the logits.</param>
    /// <param name="bias">[units], not scaled; or none.</param>
    /// <param name="probabilities">Like the logits, receives the probabilities; or none.</param>
    /// <returns>The first argument.</returns>
    public static Tensor LogisticBernoulli_(Tensor logits, Tensor generator, double scale = 1, Tensor? bias = null, Tensor? probabilities = null) =>
        s_logisticBernoulli.CallInPlace(logits, generator, scale, bias, probabilities);

    /// <summary>Σ softplus(to · (x + bias)) - softplus(from · (x + bias)) over the units of each row, exact also where from and to are close.</summary>
    /// <param name="x">[rows, units].</param>
    /// <param name="from">Not negative.</param>
    /// <param name="to">Not negative.</param>
    /// <param name="bias">[units], or none.</param>
    /// <returns>[rows], float64.</returns>
    public static Tensor SoftplusDifference(Tensor x, double from, double to, Tensor? bias = null) => s_softplusDifference.Call(x, from, to, bias);

    /// <summary>Rows in the order in which <see cref="SparseLinear"/> reads them.</summary>
    /// <param name="rows">[inner, columns], in any order in memory.</param>
    /// <returns>A copy of a shape of its own; empty where there is no faster product.</returns>
    public static Tensor PackRows(Tensor rows) => s_packRows.Call(rows);

    /// <summary>x · rows + bias, where only the rows are read whose x is not zero; a dense product where much of x is not. Has no derivative.</summary>
    /// <param name="x">[N, inner].</param>
    /// <param name="rows">[inner, columns].</param>
    /// <param name="packed">Of these rows, by <see cref="PackRows"/>.</param>
    /// <param name="bias">[columns], or none.</param>
    /// <returns>[N, columns].</returns>
    public static Tensor SparseLinear(Tensor x, Tensor rows, Tensor packed, Tensor? bias = null) => s_sparseLinear.Call(x, rows, packed, bias);

    /// <summary>
    /// Blocks x ← x + W₃ relu(W₂ ∗ relu(W₁ relu(x) + b₁) + b₂) + b₃ one after another, and the sum of matrices on relu(x) after each of the
    /// last of them: one image at a time, while it is in cache.
    /// </summary>
    /// <param name="input">[N, 2h, H, W].</param>
    /// <param name="blocks">W₁ [h, 2h, 1, 1], b₁, W₂ [h, h, 3, 3], zero after its centre, b₂, W₃ [2h, h, 1, 1], b₃ of each block in turn. The gradient of those zeros must not be used.</param>
    /// <param name="connected">[head, 2h, 1, 1] for each of the last blocks.</param>
    /// <param name="bias">[head].</param>
    /// <returns>[N, head, H, W].</returns>
    public static Tensor ResidualStack(Tensor input, Tensor[] blocks, Tensor[] connected, Tensor bias) =>
        s_residualStack.Call(input, blocks, connected, bias);

    /// <summary>
    /// Layers a = Wᵥ ∗ v + bᵥ, b = Wₕ ∗ h + Wₐ a + bₕ, v ← gate(a), h ← h + Wₒ gate(b) + bₒ one after another, gate([f, g]) = tanh(f) sigmoid(g), and the sum of
    /// matrices on relu(h) after each of the last of them: one image at a time, while it is in cache. Wᵥ sees the row above and the row itself, one column to either side.
    /// </summary>
    /// <param name="vertical">v [N, p, H, W].</param>
    /// <param name="horizontal">h [N, p, H, W].</param>
    /// <param name="layers">Wᵥ [2p, p, 2, 3], bᵥ, Wₐ [2p, 2p, 1, 1], Wₕ [2p, p, 1, 3], zero after its centre, bₕ, Wₒ [p, p, 1, 1], bₒ of each layer in turn. The gradient of those zeros must not be used.</param>
    /// <param name="connected">[head, p, 1, 1] for each of the last layers.</param>
    /// <param name="bias">[head].</param>
    /// <returns>[N, head, H, W].</returns>
    public static Tensor GatedStack(Tensor vertical, Tensor horizontal, Tensor[] layers, Tensor[] connected, Tensor bias) =>
        s_gatedStack.Call(vertical, horizontal, layers, connected, bias);

    /// <summary>
    /// x + a sigmoid(b), where [a, b] = W₂ ∗ dropout(e(W₁ ∗ e(x) + Wₐ e(auxiliary) + b₁)) + b₂ + shift and e(x) = elu([x, -x]): the gated resnet of PixelCNN++.
    /// W₁ and W₂ see the row above and the row itself, from one column to the left on. Weights are given by directions and lengths: g v / |v| for each output.
    /// </summary>
    /// <param name="input">[N, F, H, W].</param>
    /// <param name="auxiliary">Images of the same size with A features in all; may be empty.</param>
    /// <param name="first">W₁: v [F, 2F, 2, 2 or 3], g [F].</param>
    /// <param name="firstBias">b₁ [F].</param>
    /// <param name="auxiliaryWeight">Wₐ: v [F, 2A, 1, 1], g [F], none without auxiliary inputs; its inputs are those of e of all of them side by side.</param>
    /// <param name="second">W₂: v [2F, 2F, 2, 2 or 3], g [2F].</param>
    /// <param name="secondBias">b₂ [2F].</param>
    /// <param name="shift">[N, 2F], or none.</param>
    /// <param name="dropout">Share of e(W₁ ...) that is dropped; the rest is scaled up. In [0, 1).</param>
    /// <returns>[N, F, H, W].</returns>
    public static Tensor GatedResnet(
        Tensor input, Tensor[] auxiliary, (Tensor V, Tensor G) first, Tensor firstBias, (Tensor V, Tensor G)? auxiliaryWeight, (Tensor V, Tensor G) second,
        Tensor secondBias, Tensor? shift, double dropout) =>
        s_gatedResnet.Call(
            input, auxiliary, first.V, first.G, firstBias, auxiliaryWeight?.V, auxiliaryWeight?.G, second.V, second.G, secondBias, shift, dropout);

    /// <summary>
    /// Layers of LSTMs whose state is a line of pixels, one after another: [o, f, i, g] = s(Kᵢ ∗ x + b + Kₛ ∗ h'), c = f c' + i g, h = o tanh(c), x ← x + W h + w, s the
    /// logistic function, for g tanh, h' and c' those of the line before; and the sum of matrices on relu(x) after each of the last of them: one image at a time, while it is in cache. Lines are rows, from the top,
    /// or diagonals, from the top left, over the map with each row one place further than the row above; of these a layer has two LSTMs, the second over the
    /// mirrored image, whose states are added one row further down. With kernels all of it is in float32, whatever is cast automatically; without them what a recurrence adds up, in
    /// the type of its weights, and convolutions as libtorch casts them.
    /// </summary>
    /// <param name="input">x [N, 2h, H, W].</param>
    /// <param name="layers">
    /// Of rows Kᵢ [4h, 2h, 1, 3], zero after its centre, b [4h], Kₛ [4h, h, 3], h and c before the first line, [1, h, 1] each, then W [2h, h, 1, 1], w [2h] of each layer in turn.
    /// Of diagonals Kᵢ [4h, 2h, 1, 1] and Kₛ [4h, h, 2], on the pixels above and to the left; the first five twice. The gradient of those zeros must not be used.
    /// </param>
    /// <param name="connected">[head, 2h, 1, 1] for each of the last layers.</param>
    /// <param name="bias">[head].</param>
    /// <param name="diagonal">Lines are diagonals.</param>
    /// <returns>[N, head, H, W].</returns>
    public static Tensor LstmStack(Tensor input, Tensor[] layers, Tensor[] connected, Tensor bias, bool diagonal) =>
        s_lstmStack.Call(input, layers, connected, bias, diagonal);

    /// <summary>g v / |v|, the norm over all axes but one: libtorch's own operator, one pass where that axis is the first or the last.</summary>
    /// <param name="v">Directions.</param>
    /// <param name="g">Lengths, of the shape of v with ones on the other axes.</param>
    /// <param name="axis">The axis.</param>
    public static Tensor WeightNorm(Tensor v, Tensor g, int axis) => s_weightNorm.Call(v, g, axis);
}
