using Replications.Torch.Tests.Fixtures;

namespace Replications.Torch.Tests.Fused;

/// <summary>Chooses the kernels of fused layers until it is disposed of. A processor without what is chosen takes the next best.</summary>
internal sealed class Kernels : IDisposable
{
    private readonly Choice _before = new(TorchSharp.Engine.PairProducts, TorchSharp.Engine.WideVectors);

    public Kernels(Choice choice) => Use(choice);

    /// <summary>All there are.</summary>
    /// <param name="half">Whether products are of bfloat16.</param>
    public static Choice[] Of(bool half) =>
        half ? [new(false, true), new(true, true), new(false, false)] : [new(false, true), new(false, false)];

    /// <summary>Asserts that AVX-512 and AVX2, where the processor has both, give the same numbers to the last bit: float32, or float32 rounded to bfloat16.</summary>
    /// <param name="run">Results.</param>
    public static void AssertSame(Func<double[][]> run)
    {
        double[][] By(bool wide)
        {
            using Kernels kernels = new(new(false, wide));
            return run();
        }

        Assert.Equal(By(wide: true), By(wide: false));
    }

    /// <summary>Asserts that values are the same where no gradients are wanted, by each set of kernels.</summary>
    /// <param name="half">Whether products are of bfloat16.</param>
    /// <param name="run">Values.</param>
    public static void AssertSameWithoutGradients(bool half, Func<float[]> run)
    {
        // So that all images have one place.
        using Threads one = new(1);
        foreach (Choice choice in Of(half))
        {
            using Kernels kernels = new(choice);
            float[] learning = run();
            using IDisposable still = TorchSharp.torch.no_grad();
            Assert.Equal(learning, run());
        }
    }

    public void Dispose() => Use(_before);

    private static void Use(Choice choice) => (TorchSharp.Engine.PairProducts, TorchSharp.Engine.WideVectors) = (choice.Pairs, choice.Wide);

    /// <summary>One set of kernels.</summary>
    /// <param name="Pairs">bfloat16 by the processor's products of pairs, and not as float32 rounded to it.</param>
    /// <param name="Wide">By AVX-512, and not by AVX2.</param>
    internal readonly record struct Choice(bool Pairs, bool Wide = true);
}
