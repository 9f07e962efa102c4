using Replications.PixelCnn;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnn;

public class SamplingTests
{
    private static readonly EvaluationContext Context = new(1, 0, final: true, (_, _) => { }, CancellationToken.None);

    [Fact]
    public void Images_come_with_their_probabilities()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(1, 2, 2);
        PixelRecipe recipe = Networks.Recipe(PixelNetworkKind.PixelCnn, PixelOutput.Bernoulli);
        PixelNetwork network = Networks.Random(recipe, shape);
        var likelihood = new PixelLikelihood(recipe.Output, shape);
        const int Draws = 20_000;
        torch.Tensor start = torch.zeros(Draws, 1, 2, 2);
        float[] drawn = new PixelSampler(network, likelihood, shape).Complete(start, 0, torch.rand(Draws, 1, 2, 2), null, Context).data<float>().ToArray();
        for (int code = 0; code < 16; code++)
        {
            float[] bits = [.. Enumerable.Range(0, 4).Select(d => (float)((code >> d) & 1))];
            torch.Tensor image = torch.tensor(bits).reshape(1, 4);
            double p = Math.Exp(-likelihood.Nll(network.call(likelihood.Scale(image), null), image).ToDouble());
            int count = Enumerable.Range(0, Draws).Count(n => drawn.AsSpan(n * 4, 4).SequenceEqual(bits));
            // Five standard deviations of a binomial count.
            Assert.Equal(Draws * p, count, (5 * Math.Sqrt(Draws * p * (1 - p))) + 1);
        }
    }

    [Fact]
    public void Known_rows_stay()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(3, 3, 2);
        PixelRecipe recipe = Networks.Recipe(PixelNetworkKind.Gated, PixelOutput.Softmax256);
        torch.Tensor start = torch.randint(0, 256, [2, 3, 3, 2]).to(torch.ScalarType.Float32);
        torch.Tensor filled = new PixelSampler(Networks.Random(recipe, shape), new PixelLikelihood(recipe.Output, shape), shape)
            .Complete(start, 2, torch.rand(2, 3, 3, 2), Networks.Classes(recipe, 2), Context);
        Assert.True((filled.narrow(2, 0, 2) == start.narrow(2, 0, 2)).all().ToBoolean());
        Assert.True((filled.narrow(2, 2, 1) != start.narrow(2, 2, 1)).any().ToBoolean());
    }
}
