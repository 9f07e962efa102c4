namespace Replications.Training.Seeds;

/// <summary>
/// Seeds as a pure function of the run's seed, the step and the purpose: what a generator drew before an interruption need
/// not be remembered. The mixer is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014; constants of its variant 13 finaliser), a bijection of 64 bits, so that no two states of a chain collide.
/// </summary>
public static class SeedSequence
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Seed of a purpose at a step.</summary>
    /// <param name="seed">Training seed of the run.</param>
    /// <param name="step">Updates made so far.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <returns>A seed of 63 bits, for <c>torch.manual_seed</c>.</returns>
    public static long Derive(long seed, long step, Purpose purpose)
    {
        ulong state = Mix((ulong)seed + GoldenGamma);
        state = Mix(state + GoldenGamma + (ulong)step);
        state = Mix(state + GoldenGamma + (ulong)purpose);
        return (long)(state >> 1);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
