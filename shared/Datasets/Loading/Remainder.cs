namespace Replications.Datasets.Loading;

/// <summary>What becomes of the examples that do not fill the last batch of an epoch.</summary>
public enum Remainder
{
    /// <summary>They are a smaller last batch.</summary>
    Kept,

    /// <summary>They wait for another epoch's order.</summary>
    Dropped,
}
