using Replications.Training.Seeds;

namespace Replications.Training.Tests.Seeds;

public class SeedSequenceTests
{
    [Fact]
    public void Seeds_of_neighbouring_runs_steps_and_purposes_all_differ()
    {
        var seen = new HashSet<long>();
        foreach (Purpose purpose in Enum.GetValues<Purpose>())
        {
            for (long seed = 0; seed < 10; seed++)
            {
                for (long step = 0; step < 1000; step++)
                    Assert.True(seen.Add(SeedSequence.Derive(seed, step, purpose)));
            }
        }

        Assert.All(seen, s => Assert.True(s >= 0));
    }

    /// <summary>The numbers of every run hang on these: they never change.</summary>
    [Theory]
    [InlineData(0, 0, Purpose.Create)]
    [InlineData(1, 12345, Purpose.Step)]
    [InlineData(42, 7, Purpose.EvaluateTest)]
    public void The_seed_is_that_of_the_published_mixer(long seed, long step, Purpose purpose)
    {
        // SplitMix64 in arbitrary precision, from the paper's text: z += gamma; two xor-shift-multiplies; a last xor-shift.
        System.Numerics.BigInteger mask = (System.Numerics.BigInteger.One << 64) - 1;
        System.Numerics.BigInteger Next(System.Numerics.BigInteger z)
        {
            z &= mask;
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask;
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask;
            return z ^ (z >> 31);
        }

        System.Numerics.BigInteger gamma = 0x9E3779B97F4A7C15;
        System.Numerics.BigInteger state = Next(Next(Next(gamma + seed) + gamma + step) + gamma + (int)purpose);
        Assert.Equal((long)(state >> 1), SeedSequence.Derive(seed, step, purpose));
    }
}
