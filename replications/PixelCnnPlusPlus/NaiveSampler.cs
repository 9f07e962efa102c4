using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnnPlusPlus;

/// <summary>Draws images pixel after pixel, each from a pass through the whole network: slow, and what <see cref="CachedSampler"/> must equal.</summary>
/// <param name="network">The network, not in training mode.</param>
/// <param name="likelihood">Distribution of a pixel.</param>
public sealed class NaiveSampler(PixelCnnPlusPlusNetwork network, LogisticMixture likelihood)
{
    /// <summary>Fills in images below some row; what is above stays, and is seen.</summary>
    /// <param name="start">Values 0 ... 255 <c>[N, C, H, W]</c>, floating.</param>
    /// <param name="rows">Rows that are known.</param>
    /// <param name="noise">Uniform on [0, 1), <c>[N, 1 + C, H, W]</c>.</param>
    /// <param name="classes">Classes <c>[N]</c>, or null.</param>
    /// <param name="context">Progress.</param>
    /// <returns>Completed values.</returns>
    public torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor noise, torch.Tensor? classes, EvaluationContext context)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable scope = torch.NewDisposeScope();
        int height = (int)start.shape[2], width = (int)start.shape[3];
        torch.Tensor x = start.clone();
        x.narrow(2, rows, height - rows).zero_();
        for (int pixel = rows * width; pixel < height * width; pixel++)
        {
            using IDisposable step = torch.NewDisposeScope();
            int i = pixel / width, j = pixel % width;
            torch.Tensor parameters = network.call(LogisticMixture.Scale(x), classes).select(3, j).select(2, i);
            x.select(3, j).select(2, i).copy_(likelihood.Draw(parameters, noise.select(3, j).select(2, i)));
            context.Report(pixel + 1, height * width);
        }

        return x.MoveToOuterDisposeScope();
    }
}
