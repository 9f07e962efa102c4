using Replications.Boltzmann;
using Replications.Training.Subjects;

namespace Replications.Rbm;

/// <summary>Where the states of the negative phase come from.</summary>
public enum NegativePhaseKind
{
    /// <summary>Chains that start at the data of each minibatch (Hinton 2002).</summary>
    ContrastiveDivergence,

    /// <summary>Chains that go on from update to update (Tieleman 2008).</summary>
    Persistent,

    /// <summary>Chains that go on at several temperatures and change places (Desjardins et al. 2010; Cho, Raiko and Ilin 2010).</summary>
    ParallelTempering,
}

/// <summary>
/// Constants of an RBM. The paper (Salakhutdinov and Murray 2008, section 5) gives the sizes and the numbers of Gibbs steps. What else is needed
/// follows the authors' programs for machines of this kind (rbm.m of their deep Boltzmann machine, rbm.m of their archive for annealing): see README.md.
/// </summary>
public sealed record RbmRecipe : Recipe
{
    /// <summary>Hidden units: 500 (Table 1).</summary>
    [AtLeast(1)]
    public int HiddenUnits { get; init; } = 500;

    /// <summary>Negative phase.</summary>
    public NegativePhaseKind NegativePhase { get; init; } = NegativePhaseKind.ContrastiveDivergence;

    /// <summary>Gibbs steps of an update, the k of CD-k: 1, 3 and 25 in Table 1.</summary>
    [AtLeast(1)]
    public int GibbsSteps { get; init; } = 1;

    /// <summary>
    /// Epochs after which the Gibbs steps grow by one, from 1 to <see cref="GibbsSteps"/>, while the rate is divided by their number; 0 for as many from the
    /// start. The authors' archive for annealing: 10, by an option; their program for deep Boltzmann machines: 20.
    /// </summary>
    [AtLeast(0)]
    public int EpochsPerGibbsStep { get; init; }

    /// <summary>Examples in a minibatch (authors' programs: 100).</summary>
    [AtLeast(1)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Chains of a persistent negative phase, at each temperature.</summary>
    [AtLeast(1)]
    public int Chains { get; init; } = 100;

    /// <summary>Temperatures of parallel tempering, evenly spaced in beta from 0 to 1.</summary>
    [AtLeast(2)]
    public int Temperatures { get; init; } = 10;

    /// <summary>Passes over the data. Not published; after 250 the archive's schedule has arrived at 25 Gibbs steps.</summary>
    [AtLeast(1)]
    public int Epochs { get; init; } = 250;

    /// <summary>Rate of weights and biases (authors' programs: 0.05).</summary>
    [Positive]
    public double Rate { get; init; } = 0.05;

    /// <summary>Share of the epochs, at the end, in which the rate falls in a straight line to 0. Ours; 0 in the authors' archive.</summary>
    [Within("[0,1]")]
    public double Cooling { get; init; } = 1;

    /// <summary>Momentum of the first <see cref="MomentumEpochs"/> epochs (authors' programs: 0.5).</summary>
    [Within("[0,1)")]
    public double InitialMomentum { get; init; } = 0.5;

    /// <summary>Momentum after them (authors' programs: 0.9).</summary>
    [Within("[0,1)")]
    public double FinalMomentum { get; init; } = 0.9;

    /// <summary>Epochs of the initial momentum (authors' programs: 5).</summary>
    [AtLeast(0)]
    public int MomentumEpochs { get; init; } = 5;

    /// <summary>Weight decay, on weights alone: 0.0002 (rbm.m of the authors' archive).</summary>
    [Within("[0,1)")]
    public double WeightDecay { get; init; } = 0.0002;

    /// <summary>Standard deviation of the initial weights: 0.01 (Hinton's practical guide, section 8.1).</summary>
    [Positive]
    public double InitialDeviation { get; init; } = 0.01;

    /// <summary>Starts visible biases at the log-odds of the pixel means (Hinton's practical guide, section 8.1), else at 0, as the authors' archive does.</summary>
    public bool BiasesFromMeans { get; init; } = true;

    /// <summary>Chains of annealed importance sampling (section 5: 100).</summary>
    [AtLeast(2)]
    public int AnnealingRuns { get; init; } = 100;

    /// <summary>Steps of annealed importance sampling at the end (section 5: 14,500), spaced as published.</summary>
    [AtLeast(29)]
    public int AnnealingSteps { get; init; } = 14_500;

    /// <summary>Steps of the check-ups on the way, too few for a number that counts.</summary>
    [AtLeast(29)]
    public int CheckupSteps { get; init; } = 1000;

    /// <summary>Doublings of the annealing tried until an estimate passes its check.</summary>
    [AtLeast(1)]
    public int AnnealingDoublings { get; init; } = 3;

    /// <summary>Test images whose likelihood is estimated by reverse annealing as well.</summary>
    [AtLeast(0)]
    public int ReversePoints { get; init; } = 100;

    /// <summary>Epochs between check-ups.</summary>
    [AtLeast(1)]
    public int CheckupEvery { get; init; } = 10;

    /// <summary>The pace of an update.</summary>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="done">Share of all updates made once this one is, in (0, 1].</param>
    internal Pace Pace(long epoch, double done)
    {
        int steps = EpochsPerGibbsStep == 0 ? GibbsSteps : (int)Math.Min(GibbsSteps, 1 + (epoch / EpochsPerGibbsStep));
        double rate = EpochsPerGibbsStep == 0 ? Rate : Rate / steps;
        double cooled = Cooling == 0 ? 1 : Math.Min(1, (1 - done) / Cooling);
        return new Pace(steps, rate * cooled, epoch < MomentumEpochs ? InitialMomentum : FinalMomentum);
    }

    /// <summary>The negative phase of a machine.</summary>
    /// <param name="machine">Whose states.</param>
    public NegativePhase Phase(RestrictedBoltzmannMachine machine) => NegativePhase switch
    {
        NegativePhaseKind.ContrastiveDivergence => new ContrastiveDivergence(machine),
        NegativePhaseKind.Persistent => new PersistentChains(machine, Chains),
        NegativePhaseKind.ParallelTempering => new TemperedChains(machine, Chains, Temperatures),
        _ => throw new InvalidOperationException($"negative phase {NegativePhase} does not exist"),
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => ReversePoints == 1
        ? base.Problems().Append("ReversePoints must be 0 or at least 2, not 1: one point has no standard error")
        : base.Problems();
}
