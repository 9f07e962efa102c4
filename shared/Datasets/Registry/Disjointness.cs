namespace Replications.Datasets.Registry;

/// <summary>How splits are asserted to have no example in common.</summary>
public enum Disjointness
{
    /// <summary>Not asserted: equal rows occur in several splits of the source.</summary>
    NotAsserted,

    /// <summary>No two splits hold an equal example.</summary>
    Examples,

    /// <summary>No two splits hold an equal row of labels, which names the example (a drawing by character and drawer).</summary>
    Labels,
}
