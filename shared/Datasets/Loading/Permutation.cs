namespace Replications.Datasets.Loading;

/// <summary>
/// The order of the examples in an epoch, as a pure function of (seed, epoch, count): a Fisher-Yates shuffle from the last
/// position down, each position drawn without bias from a SplitMix64 stream (Steele, Lea, Flood 2014) that starts at
/// <c>mix(mix(seed) + epoch)</c>. Nothing else enters, so a resumed run goes on in the order it was interrupted in.
/// </summary>
public static class Permutation
{
    /// <summary>A permutation of 0 … count - 1.</summary>
    /// <param name="seed">Training seed.</param>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="count">Number of examples.</param>
    public static long[] Of(long seed, long epoch, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long[] order = new long[count];
        for (long i = 0; i < count; i++)
            order[i] = i;

        SplitMix64 stream = new(SplitMix64.Mix(unchecked(SplitMix64.Mix((ulong)seed) + (ulong)epoch)));
        for (long i = count - 1; i > 0; i--)
        {
            long j = (long)stream.Below((ulong)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
