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

    private static torch.Tensor Mask(torch.Tensor weight, torch.Tensor degrees)
    {
        long outputs = weight.shape[0];
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor mask = degrees.narrow(0, 0, outputs).unsqueeze(1) >= degrees.narrow(0, outputs, weight.shape[1]).unsqueeze(0);
        return mask.MoveToOuterDisposeScope();
    }
}
