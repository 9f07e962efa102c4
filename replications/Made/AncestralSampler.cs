using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Made;

/// <summary>Draws inputs one after another in a mask's ordering: one pass through the network for each input (section 3.1).</summary>
/// <param name="network">The network.</param>
/// <param name="device">Where its weights are.</param>
public sealed class AncestralSampler(MadeNetwork network, torch.Device device)
{
    /// <summary>
    /// Fills in examples. Inputs that are known stay; the others are drawn from <c>p(x_d | x_{before d})</c>. Where the known come first in the
    /// ordering this samples the model's posterior exactly; where they do not, a drawn input does not see the known ones after it.
    /// </summary>
    /// <param name="start">Examples <c>[N, D]</c>, float; values at unknown inputs are ignored.</param>
    /// <param name="known">Which inputs are known, of length D.</param>
    /// <param name="masks">Ordering and degrees.</param>
    /// <param name="context">Progress.</param>
    /// <returns>Completed examples, <c>[N, D]</c>.</returns>
    public torch.Tensor Complete(torch.Tensor start, IReadOnlyList<bool> known, Masks masks, EvaluationContext context)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable scope = torch.NewDisposeScope();
        using var degrees = new MaskDegrees(masks, device);
        int[] missing = [.. Enumerable.Range(0, masks.Input.Count).Where(d => !known[d]).OrderBy(d => masks.Input[d])];
        torch.Tensor x = start.clone();
        foreach (int d in missing)
            x.select(1, d).zero_();
        for (int i = 0; i < missing.Length; i++)
        {
            using IDisposable step = torch.NewDisposeScope();
            torch.Tensor probability = network.call(x, degrees).select(1, missing[i]).sigmoid();
            x.select(1, missing[i]).copy_(torch.bernoulli(probability));
            context.Report(i + 1, missing.Length);
        }

        return x.MoveToOuterDisposeScope();
    }
}
