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
    [AtLeast(1)]
    public int FirstUnits { get; init; } = 500;

    /// <summary>Units of the second hidden layer: 2000, not verified in the paper.</summary>
    [AtLeast(1)]
    public int SecondUnits { get; init; } = 2000;

    /// <summary>Passes over the data for the first layer. Not published.</summary>
    [AtLeast(1)]
    public int FirstEpochs { get; init; } = 100;

    /// <summary>Passes over the data for the second layer. Not published.</summary>
    [AtLeast(1)]
    public int SecondEpochs { get; init; } = 100;

    /// <summary>Passes of up-down fine-tuning, in three equal parts with ever more Gibbs steps (Hinton et al. 2006, section 6.1); 0 leaves the greedy stack.</summary>
    [AtLeast(0)]
    public int UpDownEpochs { get; init; }

    /// <summary>Gibbs steps of the top in the first part of them (Hinton et al. 2006, section 6.1: 3).</summary>
    [AtLeast(1)]
    public int FirstUpDownSteps { get; init; } = 3;

    /// <summary>Gibbs steps of the top in the second part (Hinton et al. 2006, section 6.1: 6).</summary>
    [AtLeast(1)]
    public int SecondUpDownSteps { get; init; } = 6;

    /// <summary>Gibbs steps of the top in the third part (Hinton et al. 2006, section 6.1: 10).</summary>
    [AtLeast(1)]
    public int ThirdUpDownSteps { get; init; } = 10;

    /// <summary>Gibbs steps while a layer is learnt. Not published: that of the RBM CD25(500).</summary>
    [AtLeast(1)]
    public int GibbsSteps { get; init; } = 25;

    /// <summary>Examples in a minibatch (authors' programs, and Hinton et al. 2006, section 6.1: 100).</summary>
    [AtLeast(1)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Rate of both layers (authors' programs: 0.05); that it falls to 0 in a straight line within each is ours.</summary>
    [Positive]
    public double Rate { get; init; } = 0.05;

    /// <summary>Rate of the up-down passes; it falls to 0 in a straight line. Not published.</summary>
    [Positive]
    public double UpDownRate { get; init; } = 0.01;

    /// <summary>Momentum of the first <see cref="MomentumEpochs"/> epochs of a layer (authors' programs: 0.5).</summary>
    [Within("[0,1)")]
    public double InitialMomentum { get; init; } = 0.5;

    /// <summary>Momentum after them (authors' programs: 0.9).</summary>
    [Within("[0,1)")]
    public double FinalMomentum { get; init; } = 0.9;

    /// <summary>Epochs of the initial momentum (authors' programs: 5).</summary>
    [AtLeast(0)]
    public int MomentumEpochs { get; init; } = 5;

    /// <summary>Weight decay of both layers, on weights alone: 0.0002 (Hinton and Salakhutdinov's rbm.m).</summary>
    [Within("[0,1)")]
    public double WeightDecay { get; init; } = 0.0002;

    /// <summary>Standard deviation of the initial weights: 0.01 (Hinton's practical guide, section 8.1).</summary>
    [Positive]
    public double InitialDeviation { get; init; } = 0.01;

    /// <summary>Draws of the hidden units for the bound of one example. Ours.</summary>
    [AtLeast(1)]
    public int BoundDraws { get; init; } = 5;

    /// <summary>Chains of annealed importance sampling of the second layer: 100, as for the RBMs (section 5).</summary>
    [AtLeast(2)]
    public int AnnealingRuns { get; init; } = 100;

    /// <summary>Its steps: 14,500, as for the RBMs (section 5), spaced as published.</summary>
    [AtLeast(29)]
    public int AnnealingSteps { get; init; } = 14_500;

    /// <summary>Doublings of the annealing tried until an estimate passes its check. Ours.</summary>
    [AtLeast(1)]
    public int AnnealingDoublings { get; init; } = 3;

    /// <summary>Passes in all.</summary>
    internal int Epochs => FirstEpochs + SecondEpochs + UpDownEpochs;

    /// <summary>The pace of an update inside a phase.</summary>
    /// <param name="epoch">Epoch of the phase, from 0.</param>
    /// <param name="done">Share of the phase done, in (0, 1].</param>
    internal Pace Pace(long epoch, double done) =>
        new(GibbsSteps, Rate * (1 - done), epoch < MomentumEpochs ? InitialMomentum : FinalMomentum);

    /// <summary>Gibbs steps of the top in an up-down pass.</summary>
    /// <param name="epoch">Up-down pass, from 0.</param>
    internal int UpDownSteps(long epoch) => (3 * epoch / UpDownEpochs) switch { 0 => FirstUpDownSteps, 1 => SecondUpDownSteps, _ => ThirdUpDownSteps };
}
