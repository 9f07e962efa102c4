namespace Replications.Datasets.Registry;

/// <summary>A split: a run of rows of a file, with what must be true of it.</summary>
/// <param name="Split">Split.</param>
/// <param name="Examples">File with the examples.</param>
/// <param name="First">First row, from 0.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Mean">Mean of all values, asserted to the six decimals given.</param>
public sealed record SplitEntry(Split Split, DataFile Examples, long First, long Count, double Mean)
{
    /// <summary>File with the labels of the same rows, or null.</summary>
    public DataFile? Labels { get; init; }

    /// <summary>A split that is a whole file.</summary>
    internal static SplitEntry Whole(Split split, DataFile examples, double mean, DataFile? labels = null) =>
        new(split, examples, 0, examples.Shape[0], mean) { Labels = labels };
}
