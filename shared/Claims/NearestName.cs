namespace Replications.Claims;

/// <summary>The known name that a mistyped one probably meant.</summary>
public static class NearestName
{
    /// <summary>Finds it.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">Names there are.</param>
    /// <returns>The known name with the fewest single-letter edits, case aside; null when none is near.</returns>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        (string Name, int Edits) best = known
            .Select(name => (Name: name, Edits: Edits(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(n => n.Edits).ThenBy(n => n.Name, StringComparer.Ordinal)
            .FirstOrDefault(("", int.MaxValue));
        return best.Edits <= Math.Max(2, typed.Length / 3) ? best.Name : null;
    }

    /// <summary>A sentence that refuses a name: the nearest one, and all there are.</summary>
    /// <param name="kind">What the name is of, for example <c>experiment</c>.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">Names there are.</param>
    public static string Refusal(string kind, string typed, IReadOnlyCollection<string> known)
    {
        string hint = Of(typed, known) is { } near ? $"; did you mean '{near}'?" : "";
        return $"there is no {kind} '{typed}'{hint} (known: {string.Join(", ", known)})";
    }

    // Levenshtein's distance by rows.
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
