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

    /// <summary>Lengths are chosen with dropout on, which the second layer of a block is the first to see, and from as many images as the recipe says (train.py).</summary>
    [Fact]
    public void First_lengths_are_chosen_with_dropout_and_from_the_first_images()
    {
        const string First = "network.upU.0.first.g", Second = "network.upU.0.second.g";
        Dictionary<string, float[]> lengths = FirstLengths(s_tiny), again = FirstLengths(s_tiny);
        Dictionary<string, float[]> dropped = FirstLengths(s_tiny with { Dropout = 0.5 }), fewer = FirstLengths(s_tiny with { InitialBatch = 8 });
        Assert.Equal(lengths[Second], again[Second]);
        Assert.Equal(lengths[First], dropped[First]);
        Assert.NotEqual(lengths[Second], dropped[Second]);
        Assert.NotEqual(lengths[First], fewer[First]);
    }

    /// <summary>Not at those that the network, and the average with it, was made with.</summary>
    [Fact]
    public void The_average_begins_at_the_weights_once_lengths_and_biases_are_chosen()
    {
        const string Network = "network.";
        using var tiny = new TinySubject(Name, square: true, recipe: s_tiny);
        Dictionary<string, float[]> made = Values(tiny), chosen = Values(tiny.Initialise());
        string[] weights = [.. chosen.Keys.Where(name => name.StartsWith(Network, StringComparison.Ordinal))];
        Assert.All(weights, name => Assert.Equal(chosen[name], chosen[$"average.{name[Network.Length..]}"]));
        // Were nothing chosen this would say nothing. (In so small an image there are layers that see nothing but padding, and keep their lengths.)
        foreach (string name in (string[])["network.upU.0.first.g", "network.output.g", "network.output.b"])
            Assert.NotEqual(made[name], chosen[name]);
    }

    /// <summary>The lengths of each layer before the first update.</summary>
    private static Dictionary<string, float[]> FirstLengths(PixelCnnPlusPlusRecipe recipe)
    {
        using var tiny = new TinySubject(Name, square: true, recipe: recipe);
        return Values(tiny.Initialise()).Where(w => w.Key.EndsWith(".g", StringComparison.Ordinal)).ToDictionary(w => w.Key, w => w.Value);
    }

    private static Dictionary<string, float[]> Values(TinySubject tiny) => tiny.Weights().ToDictionary(w => w.Key, w => w.Value.data<float>().ToArray());
}
