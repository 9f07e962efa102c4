using TorchSharp;

namespace Replications.Training.Fused;

/// <summary>
/// Layers that papers share and that cost too much as chains of plain operators. Under the suite's own engine each is one operator
/// with its own derivative; under the TorchSharp packages the chain, which gives the same numbers.
/// </summary>
public static class FusedLayers
{
    /// <summary><c>input · (weight * mask)ᵀ + bias</c> without a stored mask of zeros and ones.</summary>
    /// <param name="input"><c>[N, inputs]</c>.</param>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="degrees">
    /// int32, <c>[outputs + inputs]</c>, the degrees of the outputs and then those of the inputs: a connection is there where output >= input.
    /// A strict comparison is written as outputs less one.
    /// </param>
    /// <param name="bias"><c>[outputs]</c>, or none.</param>
    /// <param name="isMasked">True when the weight is zero already wherever it is masked (<see cref="ApplyMask"/>), so that nothing need be multiplied.</param>
    /// <returns><c>[N, outputs]</c>; the weight's gradient is zero where it is masked.</returns>
    public static torch.Tensor MaskedLinear(
        torch.Tensor input, torch.Tensor weight, torch.Tensor degrees, torch.Tensor? bias = null, bool isMasked = false)
    {
#if TORCHSHARP
        // The product with the mask is also what keeps the gradient zero there, so it is needed in any case.
        _ = isMasked;
        using torch.Tensor mask = Mask(weight, degrees);
        using torch.Tensor masked = weight * mask;
        return torch.nn.functional.linear(input, masked, bias);
#else
        return FusedOperators.MaskedLinear(input, weight, degrees, bias, isMasked ? weight : null);
#endif
    }

    /// <summary>
    /// Sets a weight to zero wherever it is masked, in place. Its gradients are zero there, so an update rule that leaves a weight without
    /// gradient where it is keeps it zero.
    /// </summary>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="degrees">The mask, as above.</param>
    public static void ApplyMask(torch.Tensor weight, torch.Tensor degrees)
    {
        using IDisposable still = torch.no_grad();
        using torch.Tensor mask = Mask(weight, degrees);
        weight.mul_(mask);
    }

    /// <summary>
    /// Negative log-likelihood of each example under independent Bernoullis: <c>sum_d softplus(logit_d) - x_d logit_d</c>. Sums are made in
    /// float32 at least, whatever the products ran in.
    /// </summary>
    /// <param name="logits"><c>[N, ...]</c>.</param>
    /// <param name="targets">Of the same shape, in [0, 1].</param>
    /// <returns><c>[N]</c>, in nats.</returns>
    public static torch.Tensor BernoulliNll(torch.Tensor logits, torch.Tensor targets)
    {
#if TORCHSHARP
        using torch.Tensor terms = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: torch.nn.Reduction.None);
        using torch.Tensor rows = terms.reshape(logits.shape[0], -1);
        return rows.sum(1);
#else
        return FusedOperators.BernoulliNll(logits, targets);
#endif
    }

    /// <summary>
    /// The body of a PixelCNN: blocks <c>x + W3 relu(W2 * relu(W1 relu(x)))</c> with biases, one after another, and the sum of matrices on
    /// <c>relu(x)</c> after each of the last of them, which is the first layer of an output that all of these are connected to.
    /// </summary>
    /// <param name="input"><c>[N, 2h, H, W]</c>.</param>
    /// <param name="blocks">
    /// Six for each block: W1 <c>[h, 2h, 1, 1]</c>, b1, W2 <c>[h, h, 3, 3]</c>, b2, W3 <c>[2h, h, 1, 1]</c>, b3. W2 must be zero after its centre, in the
    /// order of rows and columns, and its gradient there must not be used.
    /// </param>
    /// <param name="connected"><c>[head, 2h, 1, 1]</c> for each of the last blocks.</param>
    /// <param name="bias"><c>[head]</c>.</param>
    /// <returns><c>[N, head, H, W]</c>.</returns>
    public static torch.Tensor ResidualStack(
        torch.Tensor input, IReadOnlyList<torch.Tensor> blocks, IReadOnlyList<torch.Tensor> connected, torch.Tensor bias)
    {
#if TORCHSHARP
        torch.Tensor x = input;
        torch.Tensor? sum = null;
        for (int l = 0, layers = blocks.Count / 6; l < layers; l++)
        {
            torch.Tensor inner = torch.nn.functional.conv2d(torch.nn.functional.relu(x), blocks[6 * l], blocks[(6 * l) + 1]);
            inner = torch.nn.functional.conv2d(torch.nn.functional.relu(inner), blocks[(6 * l) + 2], blocks[(6 * l) + 3], padding: [1, 1]);
            x += torch.nn.functional.conv2d(torch.nn.functional.relu(inner), blocks[(6 * l) + 4], blocks[(6 * l) + 5]);
            int matrix = l - (layers - connected.Count);
            if (matrix < 0)
                continue;
            torch.Tensor part = torch.nn.functional.conv2d(torch.nn.functional.relu(x), connected[matrix]);
            sum = sum is null ? part + bias.reshape(1, -1, 1, 1) : sum + part;
        }

        return sum!;
#else
        return FusedOperators.ResidualStack(input, [.. blocks], [.. connected], bias);
#endif
    }

    /// <summary>
    /// The layers of a Gated PixelCNN one after another: <c>a = Wv * v + bv</c>, <c>b = Wh * h + Wa a + bh</c>, <c>v = gate(a)</c>, <c>h = h + Wo gate(b) + bo</c> with
    /// <c>gate([f, g]) = tanh(f) s(g)</c>, and the sum of matrices on <c>relu(h)</c> after each of the last of them, as in <see cref="ResidualStack"/>.
    /// </summary>
    /// <param name="vertical">v, <c>[N, p, H, W]</c>: at a pixel it has seen the rows above.</param>
    /// <param name="horizontal">h, <c>[N, p, H, W]</c>.</param>
    /// <param name="layers">
    /// Seven for each layer: Wv <c>[2p, p, 2, 3]</c>, on the row above and the row itself, bv, Wa <c>[2p, 2p, 1, 1]</c>, Wh <c>[2p, p, 1, 3]</c>, bh, Wo
    /// <c>[p, p, 1, 1]</c>, bo. Wh must be zero after its centre, and its gradient there must not be used.
    /// </param>
    /// <param name="connected"><c>[head, p, 1, 1]</c> for each of the last layers.</param>
    /// <param name="bias"><c>[head]</c>.</param>
    /// <returns><c>[N, head, H, W]</c>.</returns>
    public static torch.Tensor GatedStack(
        torch.Tensor vertical, torch.Tensor horizontal, IReadOnlyList<torch.Tensor> layers, IReadOnlyList<torch.Tensor> connected, torch.Tensor bias)
    {
#if TORCHSHARP
        static torch.Tensor Gate(torch.Tensor x)
        {
            long p = x.shape[1] / 2;
            return x.narrow(1, 0, p).tanh() * x.narrow(1, p, p).sigmoid();
        }

        torch.Tensor v = vertical, h = horizontal, sum = bias.reshape(1, -1, 1, 1);
        for (int l = 0, count = layers.Count / 7; l < count; l++)
        {
            torch.Tensor a = torch.nn.functional.conv2d(torch.nn.functional.pad(v, (1, 1, 1, 0)), layers[7 * l], layers[(7 * l) + 1]);
            torch.Tensor b = torch.nn.functional.conv2d(h, layers[(7 * l) + 3], layers[(7 * l) + 4], padding: [0, 1]) + torch.nn.functional.conv2d(a, layers[(7 * l) + 2]);
            v = Gate(a);
            h += torch.nn.functional.conv2d(Gate(b), layers[(7 * l) + 5], layers[(7 * l) + 6]);
            int matrix = l - (count - connected.Count);
            if (matrix >= 0)
                sum = sum + torch.nn.functional.conv2d(torch.nn.functional.relu(h), connected[matrix]);
        }

        return sum;
#else
        return FusedOperators.GatedStack(vertical, horizontal, [.. layers], [.. connected], bias);
#endif
    }

    /// <summary>
    /// The gated resnet of PixelCNN++: <c>x + a s(b)</c>, where <c>[a, b] = W2 * drop(e(W1 * e(x) + Wa e(auxiliary) + b1)) + b2 + shift</c> and
    /// <c>e(x) = elu([x, -x])</c>. Both convolutions see the row above and the row itself, from one column to the left on. Weights are given as
    /// <see cref="WeightNorm"/> takes them, over the first axis. Where a gradient may be asked for, the kernels may multiply four pixels of a row at once, and then
    /// a pixel's rounding depends on some that it does not see; elsewhere never.
    /// </summary>
    /// <param name="input"><c>[N, F, H, W]</c>.</param>
    /// <param name="auxiliary">Images of the same size, A features in all; may be empty.</param>
    /// <param name="first">W1: v <c>[F, 2F, 2, 2 or 3]</c>, g <c>[F]</c>.</param>
    /// <param name="firstBias">b1 <c>[F]</c>.</param>
    /// <param name="auxiliaryWeight">Wa: v <c>[F, 2A, 1, 1]</c>, g <c>[F]</c>; null without auxiliary inputs.</param>
    /// <param name="second">W2: v <c>[2F, 2F, 2, 2 or 3]</c>, g <c>[2F]</c>.</param>
    /// <param name="secondBias">b2 <c>[2F]</c>.</param>
    /// <param name="shift"><c>[N, 2F]</c>, or null.</param>
    /// <param name="dropout">Share that is dropped, in [0, 1).</param>
    /// <returns><c>[N, F, H, W]</c>.</returns>
    public static torch.Tensor GatedResnet(
        torch.Tensor input, IReadOnlyList<torch.Tensor> auxiliary, (torch.Tensor V, torch.Tensor G) first, torch.Tensor firstBias,
        (torch.Tensor V, torch.Tensor G)? auxiliaryWeight, (torch.Tensor V, torch.Tensor G) second, torch.Tensor secondBias, torch.Tensor? shift, double dropout)
    {
#if TORCHSHARP
        static torch.Tensor ConcatElu(torch.Tensor x) => torch.nn.functional.elu(torch.cat([x, -x], 1), 1);
        static torch.Tensor Weight((torch.Tensor V, torch.Tensor G) given) => WeightNorm(given.V, given.G, 0);
        (long, long, long, long) seen = (1, first.V.shape[3] - 2, 1, 0);
        torch.Tensor c = torch.nn.functional.conv2d(torch.nn.functional.pad(ConcatElu(input), seen), Weight(first), firstBias);
        if (auxiliaryWeight is not null)
            c += torch.nn.functional.conv2d(ConcatElu(torch.cat([.. auxiliary], 1)), Weight(auxiliaryWeight.Value));
        c = torch.nn.functional.dropout(ConcatElu(c), dropout, training: dropout > 0);
        c = torch.nn.functional.conv2d(torch.nn.functional.pad(c, seen), Weight(second), secondBias);
        if (shift is not null)
            c += shift.unsqueeze(2).unsqueeze(3);
        long features = input.shape[1];
        return input + (c.narrow(1, 0, features) * c.narrow(1, features, features).sigmoid());
#else
        return FusedOperators.GatedResnet(input, [.. auxiliary], first, firstBias, auxiliaryWeight, second, secondBias, shift, dropout);
#endif
    }

    /// <summary>
    /// Layers of LSTMs whose state is a line of pixels, one after another: <c>[o, f, i, g] = s(Ki * x + b + Ks * h')</c>, <c>c = f c' + i g</c>, <c>h = o tanh(c)</c>,
    /// <c>x = x + W h + w</c>, s the logistic function, for g tanh, h' and c' those of the line before; and the sum of matrices on <c>relu(x)</c> after each of the last of them, as in <see cref="ResidualStack"/>. Lines
    /// are the rows of a map, or its diagonals from the top left, for which each row is taken one place further than the row above and what Ki and b give begins with
    /// zeros; of these a layer has two LSTMs, the second over the mirrored map, whose states are added one row further down.
    /// </summary>
    /// <param name="input">x, <c>[N, 2h, H, W]</c>.</param>
    /// <param name="layers">
    /// Seven for each layer of rows: Ki <c>[4h, 2h, 1, 3]</c>, b, Ks <c>[4h, h, 3]</c>, on the row above, h and c before the first line, <c>[1, h, 1]</c> each, W <c>[2h, h, 1, 1]</c>,
    /// w. Ki must be zero after its centre, and its gradient there must not be used. Twelve for each layer of diagonals, the first five of each of its LSTMs: Ki
    /// <c>[4h, 2h, 1, 1]</c>, Ks <c>[4h, h, 2]</c>, on the pixels above and to the left.
    /// </param>
    /// <param name="connected"><c>[head, 2h, 1, 1]</c> for each of the last layers.</param>
    /// <param name="bias"><c>[head]</c>.</param>
    /// <param name="diagonal">Lines are diagonals.</param>
    /// <param name="layerByLayer">The same of x, layer by layer.</param>
    /// <returns><c>[N, head, H, W]</c>.</returns>
    public static torch.Tensor LstmStack(
        torch.Tensor input, IReadOnlyList<torch.Tensor> layers, IReadOnlyList<torch.Tensor> connected, torch.Tensor bias, bool diagonal,
        Func<torch.Tensor, torch.Tensor> layerByLayer)
    {
#if TORCHSHARP
        return layerByLayer(input);
#else
        _ = layerByLayer;
        return FusedOperators.LstmStack(input, [.. layers], [.. connected], bias, diagonal);
#endif
    }

    /// <summary>Weight normalisation: <c>g v / ||v||</c>, the norm over all but one axis.</summary>
    /// <param name="v">Directions.</param>
    /// <param name="g">Lengths, one for each place of the axis.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>Of the shape of <paramref name="v"/>.</returns>
    public static torch.Tensor WeightNorm(torch.Tensor v, torch.Tensor g, int axis)
    {
        long[] along = [.. Enumerable.Range(0, (int)v.dim()).Select(a => a == axis ? v.shape[axis] : 1)];
#if TORCHSHARP
        long[] others = [.. Enumerable.Range(0, (int)v.dim()).Where(a => a != axis).Select(a => (long)a)];
        return v * (g.reshape(along) / v.square().sum(others, keepdim: true).sqrt());
#else
        return FusedOperators.WeightNorm(v, g.reshape(along), axis);
#endif
    }

    private static torch.Tensor Mask(torch.Tensor weight, torch.Tensor degrees)
    {
        long outputs = weight.shape[0];
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor mask = degrees.narrow(0, 0, outputs).unsqueeze(1) >= degrees.narrow(0, outputs, weight.shape[1]).unsqueeze(0);
        return mask.MoveToOuterDisposeScope();
    }
}
