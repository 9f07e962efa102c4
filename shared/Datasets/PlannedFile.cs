namespace Replications.Datasets;

/// <summary>A file that a data set needs, for planning.</summary>
/// <param name="Name">Family and part.</param>
/// <param name="Bytes">Bytes decoded; a download is smaller, except for packages that hold more than this file.</param>
/// <param name="From">Where it would be read from: <c>cache</c>, a path in the mirror, or the first source to be asked.</param>
/// <param name="Here">True when nothing has to be fetched.</param>
public sealed record PlannedFile(string Name, long Bytes, string From, bool Here);
