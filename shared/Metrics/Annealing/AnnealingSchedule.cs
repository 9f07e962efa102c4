namespace Replications.Metrics.Annealing;

/// <summary>Inverse temperatures from 0 to 1, rising.</summary>
public sealed class AnnealingSchedule
{
    private AnnealingSchedule(IReadOnlyList<double> betas) => Betas = betas;

    /// <summary>The inverse temperatures; the first is 0, the last 1.</summary>
    public IReadOnlyList<double> Betas { get; }

    /// <summary>Steps from one to the next.</summary>
    public int Steps => Betas.Count - 1;

    /// <summary>
    /// The 14,500 steps of Salakhutdinov and Murray 2008: 500 up to 0.5, 4,000 up to 0.9, 10,000 up to 1 (the authors' demonstration
    /// program sets steps of 1e-3, 1e-4 and 1e-5).
    /// </summary>
    public static AnnealingSchedule Published { get; } = Pieces((0.5, 500), (0.9, 4000), (1, 10_000));

    /// <summary>Equal steps, as for the deep Boltzmann machine (Salakhutdinov and Hinton 2009, section 4: 20,000).</summary>
    /// <param name="steps">How many, at least 1.</param>
    public static AnnealingSchedule Uniform(int steps) => Pieces((1, steps));

    /// <summary>The published pieces with a number of steps in all that is not theirs, for estimates on the way.</summary>
    /// <param name="steps">About how many, at least 29.</param>
    public static AnnealingSchedule LikePublished(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 29);
        int first = steps / 29, second = steps * 8 / 29;
        return Pieces((0.5, first), (0.9, second), (1, steps - first - second));
    }

    /// <summary>Every step halved.</summary>
    public AnnealingSchedule Doubled() =>
        new([0, .. Betas.Skip(1).SelectMany((beta, k) => new[] { (Betas[k] + beta) / 2, beta })]);

    private static AnnealingSchedule Pieces(params (double End, int Steps)[] pieces)
    {
        var betas = new List<double> { 0 };
        foreach ((double end, int steps) in pieces)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
            double begin = betas[^1];
            for (int i = 1; i < steps; i++)
                betas.Add(begin + ((end - begin) * i / steps));
            betas.Add(end);
        }

        return new AnnealingSchedule(betas);
    }
}
