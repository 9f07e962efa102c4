namespace Replications.Datasets;

/// <summary>Part of a data set.</summary>
public enum Split
{
    /// <summary>Fitted to.</summary>
    Train,

    /// <summary>Used to select and stop.</summary>
    Valid,

    /// <summary>Measured at the end.</summary>
    Test,
}
