namespace Replications.Datasets.Registry;

/// <summary>All data sets there are, and the way from a name to one of them.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<DataSetEntry> Entries { get; } =
    [
        .. MnistFamily.Entries,
        MnistBinarized.Entry,
        FashionMnist.Entry,
        Cifar10.Entry,
        .. UciFamily.Entries,
        CaltechSilhouettes.Entry,
        Omniglot28.Entry,
        FreyFaces.Entry,
        Bsds300Gray.Entry,
        RedWine.Entry,
    ];

    /// <exception cref="DataException">There is no such id; the message names the nearest.</exception>
    public static DataSetEntry Find(string id) =>
        Entries.FirstOrDefault(e => e.Id == id)
        ?? throw new DataException(id, $"there is no such data set; did you mean '{Nearest(id)}'?");

    /// <summary>An id that holds the name, else the one with the fewest letters to change.</summary>
    private static string Nearest(string name) =>
        Entries.MinBy(e => (e.Id.Contains(name, StringComparison.OrdinalIgnoreCase) ? 0 : 1, Distance(e.Id, name)))!.Id;

    /// <summary>Levenshtein distance, case aside.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = corner + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(change, Math.Min(row[j - 1], corner) + 1);
            }
        }

        return row[b.Length];
    }
}
