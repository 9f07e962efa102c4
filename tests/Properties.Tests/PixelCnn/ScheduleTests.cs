using Replications.PixelCnn;
using Replications.Properties.Tests.Registered;

namespace Replications.Properties.Tests.PixelCnn;

public class ScheduleTests
{
    private const string Name = "pixelcnn/mnist-pixelcnn";

    private static readonly PixelRecipe s_tiny = (PixelRecipe)Registry.Experiment(Name).TinyRecipe;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_rate_falls_from_update_to_update(int step)
    {
        float[] fallen = TinySubject.NetworkAfter(Name, step, s_tiny with { Rate = 0.1, RateDecay = 0.5 });
        float[] lower = TinySubject.NetworkAfter(Name, step, s_tiny with { Rate = 0.1 * Math.Pow(0.5, step), RateDecay = 1 });
        float[] constant = TinySubject.NetworkAfter(Name, step, s_tiny with { Rate = 0.1, RateDecay = 1 });
        Assert.Equal(lower, fallen);
        Assert.Equal(step == 0, constant.SequenceEqual(fallen));
    }
}
