namespace Replications.Datasets.Loading;

/// <summary>The generator SplitMix64 (Steele, Lea, Flood 2014): a counter in steps of the golden ratio, mixed.</summary>
/// <param name="state">Where the stream starts.</param>
internal struct SplitMix64(ulong state)
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private ulong _state = state;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state = unchecked(_state + GoldenRatio);
        return Mix(_state);
    }

    /// <summary>A uniform integer below a bound, without bias: the high half of a 128-bit product, rejected where it would favour small values (Lemire 2019).</summary>
    public ulong Below(ulong bound)
    {
        ulong high = Math.BigMul(Next(), bound, out ulong low);
        if (low >= bound)
            return high;
        ulong threshold = unchecked(0 - bound) % bound;
        while (low < threshold)
            high = Math.BigMul(Next(), bound, out low);
        return high;
    }

    /// <summary>The output function: a bijection of 64 bits.</summary>
    public static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
