using Replications.PixelCnnPlusPlus;
using Replications.Properties.Tests.Registered;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

public class ScheduleTests
{
    private const string Name = "pixelcnnplusplus/cifar10";

    private static readonly PixelCnnPlusPlusRecipe s_tiny = (PixelCnnPlusPlusRecipe)Registry.Experiment(Name).TinyRecipe with { Dropout = 0 };

    /// <summary>The rate falls from update to update, not from epoch to epoch, and before the first one already (train.py).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_rate_has_fallen_once_more_at_each_update(int step)
    {
        float[] fallen = TinySubject.NetworkAfter(Name, step, s_tiny with { Rate = 0.1, RateDecay = 0.5 });
        float[] lower = TinySubject.NetworkAfter(Name, step, s_tiny with { Rate = 0.1 * Math.Pow(0.5, step + 1), RateDecay = 1 });
        Assert.Equal(lower, fallen);
        Assert.NotEqual(TinySubject.NetworkAfter(Name, step, s_tiny with { Rate = 0.1, RateDecay = 1 }), fallen);
    }
}
