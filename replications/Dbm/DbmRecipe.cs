using Replications.Boltzmann;
using Replications.Training.Subjects;

namespace Replications.Dbm;

/// <summary>
/// Constants of a deep Boltzmann machine of two or three hidden layers (Salakhutdinov and Hinton 2009, section 4). What the paper leaves open follows the
/// authors' programs (demo.m, rbm.m, rbm_l2.m, dbm_mf.m): see README.md.
/// </summary>
public sealed record DbmRecipe : Recipe
{
    /// <summary>Units of the first hidden layer: 500.</summary>
    [AtLeast(1)]
    public int FirstUnits { get; init; } = 500;

    /// <summary>Units of the second hidden layer: 1000 of two, 500 of three.</summary>
    [AtLeast(1)]
    public int SecondUnits { get; init; } = 1000;

    /// <summary>Units of the third hidden layer: 1000; 0 where there is none.</summary>
    [AtLeast(0)]
    public int ThirdUnits { get; init; }

    /// <summary>Passes over the data for the first RBM (demo.m: 100).</summary>
    [AtLeast(1)]
    public int FirstEpochs { get; init; } = 100;

    /// <summary>Passes over the data for each RBM above it (demo.m: 200).</summary>
    [AtLeast(1)]
    public int UpperEpochs { get; init; } = 200;

    /// <summary>Epochs after which the Gibbs steps of an upper RBM grow by one, while its rate is divided by their number (rbm_l2.m: 20).</summary>
    [AtLeast(1)]
    public int EpochsPerGibbsStep { get; init; } = 20;

    /// <summary>Rate of the RBMs (rbm.m, rbm_l2.m: 0.05).</summary>
    [Positive]
    public double PretrainingRate { get; init; } = 0.05;

    /// <summary>Weight decay of the RBMs (rbm.m, rbm_l2.m: 0.001).</summary>
    [Within("[0,1)")]
    public double PretrainingDecay { get; init; } = 0.001;

    /// <summary>Passes over the data for all layers at once (demo.m names 500 for the results of the paper).</summary>
    [AtLeast(1)]
    public int JointEpochs { get; init; } = 500;

    /// <summary>Rate of the joint training: 0.005, and from there to 0 (section 4), in a straight line.</summary>
    [Positive]
    public double JointRate { get; init; } = 0.005;

    /// <summary>Weight decay of the joint training (dbm_mf.m: 0.0002).</summary>
    [Within("[0,1)")]
    public double JointDecay { get; init; } = 0.0002;

    /// <summary>Momentum of the first <see cref="MomentumEpochs"/> epochs of each part (authors' programs: 0.5).</summary>
    [Within("[0,1)")]
    public double InitialMomentum { get; init; } = 0.5;

    /// <summary>Momentum after them (authors' programs: 0.9).</summary>
    [Within("[0,1)")]
    public double FinalMomentum { get; init; } = 0.9;

    /// <summary>Epochs of the initial momentum (authors' programs: 5).</summary>
    [AtLeast(0)]
    public int MomentumEpochs { get; init; } = 5;

    /// <summary>Examples in a minibatch: 100 (section 4).</summary>
    [AtLeast(1)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Persistent chains: 100 (section 4).</summary>
    [AtLeast(1)]
    public int Chains { get; init; } = 100;

    /// <summary>Gibbs updates of the chains for each update of the weights: 5 (section 4).</summary>
    [AtLeast(1)]
    public int GibbsSteps { get; init; } = 5;

    /// <summary>Updates of the mean field at most (mf.m: 10 or 30).</summary>
    [AtLeast(1)]
    public int MeanFieldUpdates { get; init; } = 30;

    /// <summary>The same for the bound that is measured.</summary>
    [AtLeast(1)]
    public int BoundUpdates { get; init; } = 200;

    /// <summary>The mean field has converged when the mean unit changes by less. Ours; mf.m has 1e-7, asked of each layer.</summary>
    [Positive]
    public double MeanFieldTolerance { get; init; } = 1e-5;

    /// <summary>Standard deviation of the initial weights of all machines (rbm.m: 0.001, rbm_l2.m: 0.01).</summary>
    [Positive]
    public double InitialDeviation { get; init; } = 0.01;

    /// <summary>Chains of annealed importance sampling: 100 (section 4.1).</summary>
    [AtLeast(2)]
    public int AnnealingRuns { get; init; } = 100;

    /// <summary>Its steps, equal: 20,000 (section 4.1).</summary>
    [AtLeast(1)]
    public int AnnealingSteps { get; init; } = 20_000;

    /// <summary>Doublings of the annealing tried until an estimate passes its check.</summary>
    [AtLeast(1)]
    public int AnnealingDoublings { get; init; } = 3;

    /// <summary>Units of the layers, the pixels first.</summary>
    /// <param name="visible">Pixels.</param>
    internal IReadOnlyList<long> Sizes(long visible) =>
        ThirdUnits == 0 ? [visible, FirstUnits, SecondUnits] : [visible, FirstUnits, SecondUnits, ThirdUnits];

    /// <summary>Passes for an RBM of the stack.</summary>
    /// <param name="rbm">From 0.</param>
    internal int EpochsOf(int rbm) => rbm == 0 ? FirstEpochs : UpperEpochs;

    /// <summary>Passes in all.</summary>
    internal int Epochs => FirstEpochs + ((ThirdUnits == 0 ? 1 : 2) * UpperEpochs) + JointEpochs;

    /// <summary>The pace of an RBM of the stack: CD-1 for the first, ever more steps for the others.</summary>
    /// <param name="rbm">From 0.</param>
    /// <param name="epoch">Epoch of this RBM, from 0.</param>
    internal Pace Pace(int rbm, long epoch)
    {
        int steps = rbm == 0 ? 1 : 1 + (int)(epoch / EpochsPerGibbsStep);
        return new Pace(steps, PretrainingRate / steps, Momentum(epoch));
    }

    /// <summary>Momentum of a part of the training.</summary>
    /// <param name="epoch">Epoch of the part, from 0.</param>
    internal double Momentum(long epoch) => epoch < MomentumEpochs ? InitialMomentum : FinalMomentum;
}
