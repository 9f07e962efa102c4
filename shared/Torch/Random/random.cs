namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the default generators of all devices.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static partial class random
    {
        public static long seed()
        {
            using Generator source = Generator.Default;
            return source.seed();
        }

        public static long initial_seed()
        {
            using Generator source = Generator.Default;
            return source.initial_seed();
        }

        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.rt_manual_seed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        public static Tensor get_rng_state()
        {
            using Generator source = Generator.Default;
            return source.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using Generator source = Generator.Default;
            source.set_state(new_state);
        }
    }
}
