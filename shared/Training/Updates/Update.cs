using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Updates;

/// <summary>One update by gradient: the checks, the clipping and the averaging around an optimiser's step.</summary>
public static class Update
{
    /// <summary>
    /// Differentiates the loss and lets the optimiser make its step. The loss and the global norm of the gradients are
    /// checked first: when either is not finite, no weight, accumulator or average has changed.
    /// </summary>
    /// <param name="context">The step it belongs to.</param>
    /// <param name="optimizer">Its parameters' old gradients are dropped.</param>
    /// <param name="loss">A scalar with its graph.</param>
    /// <param name="clipNorm">Largest global norm of the gradients, larger ones are scaled to it; null does not clip.</param>
    /// <param name="average">Follows the weights after the step.</param>
    /// <param name="rate">Learning rate of all groups from this update on; null leaves theirs. A loss that is not finite leaves them as well.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="DivergedException">The loss or the norm is NaN or infinite.</exception>
    public static double Apply(
        StepContext context, torch.optim.Optimizer optimizer, torch.Tensor loss, double? clipNorm = null, WeightAverage? average = null, double? rate = null)
    {
        double value = context.RequireFinite("loss", loss.ToDouble());
        if (rate is not null)
        {
            foreach (torch.optim.ILearningRateController group in optimizer.ParamGroups)
                group.LearningRate = rate.Value;
        }

        optimizer.zero_grad();
        using (EngineSwitches.Backward(loss.device))
            loss.backward();
#if TORCHSHARP
        double norm = torch.nn.utils.clip_grad_norm_(optimizer.parameters(), clipNorm ?? double.PositiveInfinity);
        context.RequireFinite("gradient norm", norm);
        optimizer.step();
        average?.Follow();
#else
        context.RequireFinite("gradient norm", FusedStep.Of(optimizer).Make(optimizer, clipNorm, average));
#endif
        return value;
    }
}
