using System.Globalization;

namespace Replications.Claims;

/// <summary>Training seeds as they are typed: <c>3</c> is the three seeds 1 to 3, <c>2,5</c> is a list, <c>4-6</c> a range, <c>4-4</c> seed 4 alone.</summary>
public static class SeedList
{
    private const int Most = 1000;

    /// <summary>The seeds that a text names, ascending.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text names no seeds.</exception>
    public static IReadOnlyList<long> Parse(string text)
    {
        if (TryNumber(text, out long count))
        {
            return count is >= 1 and <= Most ? First((int)count) : throw Bad(text);
        }

        SortedSet<long> seeds = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out long low) || !TryNumber(ends[^1], out long high)
                || high < low || high - low >= Most)
            {
                throw Bad(text);
            }

            for (long i = 0; i <= high - low; i++)
            {
                seeds.Add(low + i);
            }
        }

        return [.. seeds];
    }

    /// <summary>The seeds 1 to <paramref name="count"/>.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<long> First(int count) => [.. Enumerable.Range(1, count).Select(n => (long)n)];

    /// <summary>The shortest text that <see cref="Parse"/> reads back as these seeds.</summary>
    /// <param name="seeds">The seeds.</param>
    public static string Text(IEnumerable<long> seeds)
    {
        long[] sorted = [.. seeds.Distinct().Order()];
        if (sorted.Length > 0 && sorted.SequenceEqual(First(sorted.Length)))
        {
            return sorted.Length.ToString(CultureInfo.InvariantCulture);
        }

        return sorted.Length == 1
            ? FormattableString.Invariant($"{sorted[0]}-{sorted[0]}")
            : string.Join(',', sorted.Select(s => s.ToString(CultureInfo.InvariantCulture)));
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static FormatException Bad(string text) =>
        new($"'{text}' names no seeds: give how many (3), a list (1,4,7) or a range (4-6); at most {Most}");
}
