using TorchSharp;

namespace Replications.Metrics.Annealing;

/// <summary>
/// Annealed importance sampling (Neal 2001) of <c>ln Z</c>, and the same chains run backwards. Weights are summed in float64. When the chains do
/// not mix, <c>ln Z</c> comes out too small and a model's likelihood too large: an estimate stands only with its <see cref="DoublingCheck"/>.
/// </summary>
/// <param name="model">The path of distributions.</param>
/// <param name="report">Receives steps done and steps in all, and may end the work by throwing.</param>
public sealed class AnnealedImportanceSampling(IAnnealedModel model, Action<long, long> report)
{
    // Steps between two words about progress.
    private const int Pace = 64;

    /// <summary>Runs of the published estimates (Salakhutdinov and Murray 2008; Salakhutdinov and Hinton 2009).</summary>
    public const int PublishedRuns = 100;

    /// <summary>Estimates <c>ln Z</c>; its weight is unbiased, so <c>ln Z</c> itself is underestimated in the mean.</summary>
    /// <param name="schedule">Inverse temperatures.</param>
    /// <param name="runs">Independent chains.</param>
    public LogPartition Estimate(AnnealingSchedule schedule, int runs = PublishedRuns)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor states = model.DrawBase(runs);
        torch.Tensor weights = torch.zeros(runs, dtype: torch.ScalarType.Float64, device: states.device);
        for (int k = 1; k <= schedule.Steps; k++)
        {
            if (k % Pace == 0)
                report(k, schedule.Steps);
            using IDisposable step = torch.NewDisposeScope();
            (double from, double to) = (schedule.Betas[k - 1], schedule.Betas[k]);
            if (k == schedule.Steps)
            {
                weights.add_(model.LogRatio(states, from, to));
                break;
            }

            (torch.Tensor moved, torch.Tensor ratio) = model.Advance(states, from, to);
            weights.add_(ratio);
            moved.MoveToOuterDisposeScope();
            states.Dispose();
            states = moved;
        }

        return LogPartition.Of(model.BaseLogZ, weights.cpu().data<double>().ToArray(), schedule.Steps);
    }

    /// <summary>
    /// Anneals given states from beta = 1 down to 0. From exact draws of the model, <c>ln Z0</c> plus the mean of the result bounds <c>ln Z</c> from above.
    /// From a test point <c>x</c>, <c>ln f_1(x) - ln Z0</c> less the result is in expectation of its exponential the probability of the model that annealing
    /// itself defines (RAISE; Burda, Grosse and Salakhutdinov, AISTATS 2015): a careful likelihood of that model, and of the machine as far as the two are one. It
    /// may be held beside the forward estimate; it bounds nothing, since a test point is no draw of the machine.
    /// </summary>
    /// <param name="states">Where the chains start, <c>[chains, ...]</c>; not changed.</param>
    /// <param name="schedule">Inverse temperatures, gone through from the last to the first.</param>
    /// <returns><c>sum_k ln f_k(x_{k-1}) - ln f_{k-1}(x_{k-1})</c> of each chain, nats.</returns>
    public double[] Reverse(torch.Tensor states, AnnealingSchedule schedule)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor current = states.clone();
        torch.Tensor weights = torch.zeros(states.shape[0], dtype: torch.ScalarType.Float64, device: states.device);
        for (int k = schedule.Steps; k >= 1; k--)
        {
            if (k % Pace == 0)
                report(schedule.Steps - k, schedule.Steps);
            using IDisposable step = torch.NewDisposeScope();
            torch.Tensor moved = model.Move(current, schedule.Betas[k]);
            weights.add_(model.LogRatio(moved, schedule.Betas[k - 1], schedule.Betas[k]));
            moved.MoveToOuterDisposeScope();
            current.Dispose();
            current = moved;
        }

        return weights.cpu().data<double>().ToArray();
    }
}
