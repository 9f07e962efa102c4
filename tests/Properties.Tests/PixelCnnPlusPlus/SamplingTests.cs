using Replications.PixelCnnPlusPlus;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

public class SamplingTests
{
    private static readonly EvaluationContext Context = new(1, 0, final: true, (_, _) => { }, CancellationToken.None);

    /// <summary>Value by value, whatever the sides, the colours and the classes, from the first row or from a later one.</summary>
    [Theory]
    [InlineData(3, 8, 8, false, 0)]
    [InlineData(3, 5, 7, true, 0)]
    [InlineData(3, 6, 9, false, 3)]
    [InlineData(1, 4, 3, true, 1)]
    public void What_is_kept_from_pixel_to_pixel_draws_what_the_whole_network_draws(int colours, int height, int width, bool classes, int rows)
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { ClassConditional = classes };
        PixelCnnPlusPlusNetwork network = Small.Random(recipe, colours);
        var likelihood = new LogisticMixture(recipe.Mixtures, colours);
        torch.Tensor start = torch.randint(0, 256, [3, colours, height, width]).to(torch.ScalarType.Float64);
        torch.Tensor noise = torch.rand([3, 1 + colours, height, width], torch.ScalarType.Float64);
        torch.Tensor? labels = Small.Classes(recipe, 3);
        torch.Tensor naive = new NaiveSampler(network, likelihood).Complete(start, rows, noise, labels, Context);
        torch.Tensor cached = new CachedSampler(network, likelihood).Complete(start, rows, noise, labels, Context);
        Assert.Equal(naive.data<double>().ToArray(), cached.data<double>().ToArray());
        Assert.True((cached.narrow(2, 0, rows) == start.narrow(2, 0, rows)).all().ToBoolean());
        // A picture, not one value everywhere: what was drawn depends on the noise.
        Assert.True(cached.narrow(2, rows, height - rows).std().ToDouble() > 10);
    }
}
