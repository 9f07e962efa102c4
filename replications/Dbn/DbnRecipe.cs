using Replications.Boltzmann;
using Replications.Training.Subjects;

namespace Replications.Dbn;

/// <summary>
/// Constants of a deep belief network of two hidden layers (Salakhutdinov and Murray 2008, section 5.2). Settings of the updates are those of the RBM's
/// page, most of them of the authors' programs for the same kind of machine (rbm.m of their deep Boltzmann machine); the up-down algorithm is that of
/// Hinton, Osindero and Teh 2006. See README.md for what is not verified.
/// </summary>
public sealed record DbnRecipe : Recipe
{
    /// <summary>Units of the first hidden layer: 500, not verified in the paper.</summary>
    public int FirstUnits { get; init; } = 500;

    /// <summary>Units of the second hidden layer: 2000, not verified in the paper.</summary>
    public int SecondUnits { get; init; } = 2000;

    /// <summary>Passes over the data for the first layer. Not published.</summary>
    public int FirstEpochs { get; init; } = 100;

    /// <summary>Passes over the data for the second layer. Not published.</summary>
    public int SecondEpochs { get; init; } = 100;

    /// <summary>Passes of up-down fine-tuning, in three equal parts with 3, 6 and 10 Gibbs steps (Hinton et al. 2006, section 6.1); 0 leaves the greedy stack.</summary>
    public int UpDownEpochs { get; init; }

    /// <summary>Gibbs steps while a layer is learnt. Not published: that of the RBM CD25(500).</summary>
    public int GibbsSteps { get; init; } = 25;

    /// <summary>Examples in a minibatch (authors' programs, and Hinton et al. 2006, section 6.1: 100).</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Rate of both layers (authors' programs: 0.05); that it falls to 0 in a straight line within each is ours.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>Rate of the up-down passes; it falls to 0 in a straight line. Not published.</summary>
    public double UpDownRate { get; init; } = 0.01;

    /// <summary>Momentum of the first 5 epochs of a layer (authors' programs: 0.5).</summary>
    public double InitialMomentum { get; init; } = 0.5;

    /// <summary>Momentum after them (authors' programs: 0.9).</summary>
    public double FinalMomentum { get; init; } = 0.9;

    /// <summary>Weight decay of both layers, on weights alone: 0.0002 (Hinton and Salakhutdinov's rbm.m).</summary>
    public double WeightDecay { get; init; } = 0.0002;

    /// <summary>Standard deviation of the initial weights: 0.01 (Hinton's practical guide, section 8.1).</summary>
    public double InitialDeviation { get; init; } = 0.01;

    /// <summary>Draws of the hidden units for the bound of one example. Ours.</summary>
    public int BoundDraws { get; init; } = 5;

    /// <summary>Chains of annealed importance sampling of the second layer: 100, as for the RBMs (section 5).</summary>
    public int AnnealingRuns { get; init; } = 100;

    /// <summary>Its steps: 14,500, as for the RBMs (section 5), spaced as published.</summary>
    public int AnnealingSteps { get; init; } = 14_500;

    /// <summary>Doublings of the annealing tried until an estimate passes its check. Ours.</summary>
    public int AnnealingDoublings { get; init; } = 3;

    /// <summary>Passes in all.</summary>
    internal int Epochs => FirstEpochs + SecondEpochs + UpDownEpochs;

    /// <summary>The pace of an update inside a phase.</summary>
    /// <param name="epoch">Epoch of the phase, from 0.</param>
    /// <param name="done">Share of the phase done, in (0, 1].</param>
    internal Pace Pace(long epoch, double done) =>
        new(GibbsSteps, Rate * (1 - done), epoch < 5 ? InitialMomentum : FinalMomentum);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach ((string name, int value, int least) in new[]
        {
            (nameof(FirstUnits), FirstUnits, 1), (nameof(SecondUnits), SecondUnits, 1), (nameof(FirstEpochs), FirstEpochs, 1),
            (nameof(SecondEpochs), SecondEpochs, 1), (nameof(UpDownEpochs), UpDownEpochs, 0), (nameof(GibbsSteps), GibbsSteps, 1),
            (nameof(BatchSize), BatchSize, 1), (nameof(BoundDraws), BoundDraws, 1), (nameof(AnnealingRuns), AnnealingRuns, 2),
            (nameof(AnnealingSteps), AnnealingSteps, 29), (nameof(AnnealingDoublings), AnnealingDoublings, 1),
        })
        {
            if (value < least)
                yield return $"{name} must be at least {least}, not {value}";
        }

        foreach ((string name, double value) in new[] { (nameof(Rate), Rate), (nameof(UpDownRate), UpDownRate), (nameof(InitialDeviation), InitialDeviation) })
        {
            if (!(value is > 0 and < double.PositiveInfinity))
                yield return $"{name} must be above 0 and finite, not {value}";
        }

        foreach ((string name, double value) in new[]
        {
            (nameof(InitialMomentum), InitialMomentum), (nameof(FinalMomentum), FinalMomentum), (nameof(WeightDecay), WeightDecay),
        })
        {
            if (!(value is >= 0 and < 1))
                yield return $"{name} must lie in [0,1), not {value}";
        }
    }
}
