using Replications.Datasets;
using Replications.Metrics.Sampling;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>Pictures of a machine of 28 x 28 images: what units look for, what chains do over time, images built again and completed.</summary>
/// <param name="machine">The machine.</param>
/// <param name="data">Where images come from.</param>
public sealed class ChainPictures(IPixelChains machine, DataSet data)
{
    /// <summary>Pixels of a side.</summary>
    public const int Side = 28;

    private const int Columns = 10;

    // Gibbs steps after which chains are shown.
    private static readonly int[] s_moments = [1, 10, 100, 1000, 5000];

    // Long enough for the lower half to forget how it began.
    private const int ImputationSteps = 1000;

    /// <summary>All pictures.</summary>
    /// <param name="context">Progress, seed.</param>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        torch.Tensor images = data.Examples(Split.Test).index_select(0, data.EvenlySpaced(Split.Test, Columns)).to(torch.ScalarType.Float32);
        return [Filters(), Chains(random, context), Reconstructions(images, random), Imputation(images, random, context)];
    }

    private Picture Filters()
    {
        torch.Tensor w = machine.Filters.narrow(0, 0, Math.Min(100, machine.Filters.shape[0]));
        torch.Tensor largest = w.abs().amax([1], keepdim: true).clamp(min: 1e-6);
        return Tiles.Grey("filters", "Filters", "Weights of the first hidden units, each scaled to its own largest, grey for zero: strokes, holes and finer textures, grey at the edge where ink never is.",
            ((w / largest * 0.5) + 0.5).reshape(-1, Side, Side), Columns);
    }

    private Picture Chains(BernoulliSource random, EvaluationContext context)
    {
        torch.Tensor v = random.Draw(torch.zeros(Columns, Side * Side, device: machine.PixelBias.device), bias: machine.PixelBias);
        IReadOnlyList<torch.Tensor> units = machine.Begin(v, random);
        var rows = new List<torch.Tensor>();
        for (int done = 0; done < s_moments[^1]; done++)
        {
            (units, torch.Tensor pixels) = Next(units, random);
            if (done % 100 == 0)
                context.Report(done, s_moments[^1]);
            if (s_moments.Contains(done + 1))
                rows.Add(pixels);
            else
                pixels.Dispose();
        }

        return Tiles.Grey("chains", "Chains over time", $"Ten chains from independent pixels, after {string.Join(", ", s_moments)} Gibbs steps from top to bottom: digits that change their class slowly.",
            torch.cat(rows).reshape(-1, Side, Side), Columns);
    }

    private Picture Reconstructions(torch.Tensor images, BernoulliSource random)
    {
        torch.Tensor rebuilt = machine.Next(machine.Begin(images, random), random).Pixels;
        return Tiles.Grey("reconstructions", "Reconstructions", "Top: test images. Bottom: probabilities of the pixels given hidden states drawn for them: the same digits.",
            torch.cat([images, rebuilt]).reshape(-1, Side, Side), Columns);
    }

    private Picture Imputation(torch.Tensor images, BernoulliSource random, EvaluationContext context)
    {
        torch.Tensor known = torch.zeros(Side * Side, device: images.device);
        known.narrow(0, 0, Side * Side / 2).fill_(1);
        torch.Tensor seen = images * known, missing = 1 - known;
        IReadOnlyList<torch.Tensor> units = machine.Begin(seen + (random.Draw(torch.zeros_like(images), bias: machine.PixelBias) * missing), random);
        torch.Tensor p = units[0].clone();
        for (int i = 0; i < ImputationSteps; i++)
        {
            p.Dispose();
            (units, p) = Next(units, random);
            units[0].mul_(missing).add_(seen);
            if (i % 100 == 0)
                context.Report(i, ImputationSteps);
        }

        return Tiles.Grey("imputation", "Missing pixels filled in",
            $"Top: test images. Middle: lower half missing (grey). Bottom: probabilities of the missing pixels after {ImputationSteps} Gibbs steps with the upper half held: completions that join on.",
            torch.cat([images, seen + (0.5f * missing), seen + (p * missing)]).reshape(-1, Side, Side), Columns);
    }

    /// <summary>A step that frees the states it came from.</summary>
    private (IReadOnlyList<torch.Tensor> Units, torch.Tensor Pixels) Next(IReadOnlyList<torch.Tensor> units, BernoulliSource random)
    {
        using IDisposable step = torch.NewDisposeScope();
        (IReadOnlyList<torch.Tensor> next, torch.Tensor pixels) = machine.Next(units, random);
        foreach (torch.Tensor unit in units)
            unit.Dispose();
        return ([.. next.Select(unit => unit.MoveToOuterDisposeScope())], pixels.MoveToOuterDisposeScope());
    }
}
