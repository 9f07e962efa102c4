using Replications.Training.Subjects;

namespace Replications.Made;

/// <summary>g of the paper's equation 4.</summary>
public enum Activation
{
    /// <summary>max(0, x); "hinge" in the official code.</summary>
    ReLU,

    /// <summary>log(1 + exp x).</summary>
    Softplus,

    /// <summary>Hyperbolic tangent, in the official command for Adult.</summary>
    Tanh,
}

/// <summary>Update rules of section 6, as in MADE/update_rules.py.</summary>
public enum UpdateRule
{
    /// <summary><c>-rate g</c>.</summary>
    Sgd,

    /// <summary><c>-rate g / sqrt(sum g^2 + epsilon)</c>, epsilon inside the root.</summary>
    Adagrad,

    /// <summary><c>-sqrt(E[dx^2] + epsilon) / sqrt(E[g^2] + epsilon) g</c>, epsilon inside the roots; no rate.</summary>
    Adadelta,
}

/// <summary>
/// Constants of a MADE. Defaults are those of the binarized MNIST experiments (section 6.2 and the command for 86.64 nats in the
/// official README): one hidden layer of 8000 ReLU units, direct connection, Adagrad 0.01, minibatches of 100, look-ahead 30.
/// </summary>
public sealed record MadeRecipe : Recipe
{
    /// <summary>Hidden layers: 1 or 2 in the paper.</summary>
    [AtLeast(1)]
    public int HiddenLayers { get; init; } = 1;

    /// <summary>Units of each hidden layer: 8000 for MNIST (section 6.2), 500 for the UCI sets (section 6.1).</summary>
    [AtLeast(1)]
    public int HiddenUnits { get; init; } = 8000;

    /// <summary>g.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>Connects inputs to outputs directly, the matrix A of equation 12; on in every official command.</summary>
    public bool DirectConnection { get; init; } = true;

    /// <summary>Adds weights U whose product with the mask alone tells units which inputs they see (section 4.2); on or off in the UCI grid, off for MNIST.</summary>
    public bool ConditioningWeights { get; init; }

    /// <summary>Masks gone through, one per minibatch, again and again (section 4.2): 1 never changes it, 0 draws a new one for every minibatch without end.</summary>
    [AtLeast(0)]
    public int Masks { get; init; } = 1;

    /// <summary>Masks averaged at each validation when <see cref="Masks"/> is 0 (section 6.1).</summary>
    [AtLeast(1)]
    public int ValidationMasks { get; init; } = 300;

    /// <summary>Masks averaged at the end when <see cref="Masks"/> is 0 (section 6.1).</summary>
    [AtLeast(1)]
    public int FinalMasks { get; init; } = 1000;

    /// <summary>Update rule.</summary>
    public UpdateRule UpdateRule { get; init; } = UpdateRule.Adagrad;

    /// <summary>Rate of SGD and Adagrad: 0.01 in the official commands for MNIST and Adult. Adadelta has none.</summary>
    [Positive]
    public double Rate { get; init; } = 0.01;

    /// <summary>Epsilon inside the roots: 1e-6 for Adagrad (section 6.2), 1e-5, 1e-7 or 1e-9 for Adadelta (section 6.1).</summary>
    [Positive]
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Decay of Adadelta's averages (section 6.1).</summary>
    [Within("[0,1)")]
    public double Decay { get; init; } = 0.95;

    /// <summary>Examples in a minibatch.</summary>
    [AtLeast(1)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Epochs without a better validation likelihood after which training stops: "look ahead" of section 6.1.</summary>
    [AtLeast(1)]
    public int LookAhead { get; init; } = 30;

    /// <summary>Epochs at most. The paper has no such limit; this one is far beyond where look-ahead stops.</summary>
    [AtLeast(1)]
    public int MaxEpochs { get; init; } = 2000;
}
