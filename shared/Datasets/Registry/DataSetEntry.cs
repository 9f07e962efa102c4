namespace Replications.Datasets.Registry;

/// <summary>What the registry knows of a data set.</summary>
public sealed record DataSetEntry
{
    /// <summary>Id, lower case with dashes.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>What the values are.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>Shape of one example: binary sets are rows, <c>[784]</c>, as in the papers' files; pictures are <c>[channels, height, width]</c>.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Licence, or who stated none.</summary>
    public required string Licence { get; init; }

    /// <summary>The splits.</summary>
    public required IReadOnlyList<SplitEntry> Splits { get; init; }

    /// <summary>What names an example when two splits are asserted to have none in common.</summary>
    public Disjointness Disjoint { get; init; }

    /// <summary>What the columns of the labels are; null where there are none.</summary>
    public string? Labels { get; init; }

    /// <summary>What a reader must know before comparing numbers; null when there is nothing.</summary>
    public string? Caveat { get; init; }

    /// <summary>Files read, each once.</summary>
    public IEnumerable<DataFile> Files => Splits.SelectMany(s => s.Labels is null ? [s.Examples] : (DataFile[])[s.Examples, s.Labels]).DistinctBy(f => f.Name);

    /// <summary>Bytes of all files, decoded.</summary>
    public long Bytes => Files.Sum(f => f.Bytes);
}
