namespace Replications.Datasets.Registry;

/// <summary>A split as read: bytes whose file was verified, cut to the split's rows.</summary>
/// <param name="Entry">What the registry says of it.</param>
/// <param name="Examples">The examples, row-major.</param>
/// <param name="Labels">The labels, row-major, or null.</param>
/// <param name="Sha256">SHA-256 of the examples.</param>
internal sealed record SplitBytes(SplitEntry Entry, byte[] Examples, byte[]? Labels, string Sha256);
