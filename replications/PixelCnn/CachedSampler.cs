using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnn;

/// <summary>
/// Draws images in one walk over their pixels: each layer computes what is new and keeps what later pixels read. Draws what <see cref="NaiveSampler"/>
/// draws.
/// </summary>
/// <param name="network">The network; its weights as they are at the call.</param>
/// <param name="likelihood">Distribution of a value.</param>
/// <param name="shape">Images.</param>
public sealed class CachedSampler(PixelNetwork network, PixelLikelihood likelihood, ImageShape shape)
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
        NetworkWalk walk = network.Walk(x, classes);
        for (int i = 0; i < shape.Height; i++)
        {
            using IDisposable row = torch.NewDisposeScope();
            walk.Row();
            for (int j = 0; j < shape.Width; j++)
            {
                using IDisposable step = torch.NewDisposeScope();
                torch.Tensor here = x.select(3, j).select(2, i);
                if (i < rows)
                {
                    walk.Pass(likelihood.ScalePixel(here), j);
                    continue;
                }

                for (int c = 0; c < shape.Colours; c++)
                    here.select(1, c).copy_(likelihood.Draw(walk.Logits(likelihood.ScalePixel(here), j), c, noise.select(3, j).select(2, i).select(1, c)));
                walk.See(likelihood.ScalePixel(here), j);
                context.Report((i * shape.Width) + j + 1, shape.Height * shape.Width);
            }
        }

        return x.MoveToOuterDisposeScope();
    }
}
