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

    private static torch.Tensor Mask(torch.Tensor weight, torch.Tensor degrees)
    {
        long outputs = weight.shape[0];
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor mask = degrees.narrow(0, 0, outputs).unsqueeze(1) >= degrees.narrow(0, outputs, weight.shape[1]).unsqueeze(0);
        return mask.MoveToOuterDisposeScope();
    }
}
