namespace Replications.Datasets.Registry;

/// <summary>What the numbers of a data set are.</summary>
public enum ValueKind
{
    /// <summary>0 or 1, fixed.</summary>
    Bits,

    /// <summary>Grey levels 0..255 kept as bytes, from which every draw makes a fresh Bernoulli sample.</summary>
    DynamicBits,

    /// <summary>Integers 0..255.</summary>
    Pixels,

    /// <summary>Real numbers.</summary>
    Real,
}
