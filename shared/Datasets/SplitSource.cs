namespace Replications.Datasets;

/// <summary>What was read for one split: enough to know again that two runs saw the same bytes.</summary>
/// <param name="Id">Registry id of the data set.</param>
/// <param name="Split">Split.</param>
/// <param name="Count">Number of examples.</param>
/// <param name="Sha256">SHA-256 of the examples' bytes, row-major, lower-case hexadecimal.</param>
public sealed record SplitSource(string Id, Split Split, long Count, string Sha256);
