using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnn;

/// <summary>Draws images value after value (section 2.1), each from a pass through the whole network: slow, and what <see cref="CachedSampler"/> must equal.</summary>
/// <param name="network">The network.</param>
/// <param name="likelihood">Distribution of a value.</param>
/// <param name="shape">Images.</param>
public sealed class NaiveSampler(PixelNetwork network, PixelLikelihood likelihood, ImageShape shape)
{
    /// <summary>Fills in images below some row; what is above stays, and is seen: the model's own completions (figures 1 and 9).</summary>
    /// <param name="start">Values <c>[N, C, H, W]</c>, floating, of the network's type.</param>
    /// <param name="rows">Rows that are known.</param>
    /// <param name="noise">Uniform on [0, 1), <c>[N, C, H, W]</c>: one number decides one value.</param>
    /// <param name="classes">Classes <c>[N]</c>, or null.</param>
    /// <param name="context">Progress.</param>
    /// <returns>Completed values.</returns>
    public torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor noise, torch.Tensor? classes, EvaluationContext context)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor x = start.clone();
        x.narrow(2, rows, shape.Height - rows).zero_();
        for (int pixel = rows * shape.Width; pixel < shape.Height * shape.Width; pixel++)
        {
            int i = pixel / shape.Width, j = pixel % shape.Width;
            for (int c = 0; c < shape.Colours; c++)
            {
                using IDisposable step = torch.NewDisposeScope();
                torch.Tensor logits = network.call(likelihood.Scale(x), classes).select(3, j).select(2, i);
                At(x, c, i, j).copy_(likelihood.Draw(logits, c, At(noise, c, i, j)));
            }

            context.Report(pixel + 1, shape.Height * shape.Width);
        }

        return x.MoveToOuterDisposeScope();
    }

    private static torch.Tensor At(torch.Tensor images, int c, int i, int j) => images.select(3, j).select(2, i).select(1, c);
}
