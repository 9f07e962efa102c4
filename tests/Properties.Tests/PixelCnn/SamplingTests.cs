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
        PixelRecipe recipe = Networks.Recipe(PixelNetworkKind.PixelCnn, PixelOutput.Bernoulli, fused: false);
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
        PixelRecipe recipe = Networks.Recipe(PixelNetworkKind.Gated, PixelOutput.Softmax256, fused: false);
        torch.Tensor start = torch.randint(0, 256, [2, 3, 3, 2]).to(torch.ScalarType.Float32);
        torch.Tensor filled = new PixelSampler(Networks.Random(recipe, shape), new PixelLikelihood(recipe.Output, shape), shape)
            .Complete(start, 2, torch.rand(2, 3, 3, 2), Networks.Classes(recipe, 2), Context);
        Assert.True((filled.narrow(2, 0, 2) == start.narrow(2, 0, 2)).all().ToBoolean());
        Assert.True((filled.narrow(2, 2, 1) != start.narrow(2, 2, 1)).any().ToBoolean());
    }

    /// <summary>The value drawn is the first whose cumulative probability lies above the noise, from the logits of its own colour.</summary>
    [Fact]
    public void A_byte_is_drawn_from_the_distribution_of_its_colour()
    {
        using IDisposable scope = torch.NewDisposeScope();
        var likelihood = new PixelLikelihood(PixelOutput.Softmax256, new ImageShape(3, 1, 1));
        torch.manual_seed(4);
        torch.Tensor logits = torch.randn(1, 3 * 256) * 2;
        const int Draws = 4096;
        // Noise in the middle of equal steps: so many draws of a value as its probability has steps.
        torch.Tensor noise = (torch.arange(Draws, torch.ScalarType.Float32) + 0.5) / Draws;
        for (int colour = 0; colour < 3; colour++)
        {
            double[] p = logits.narrow(1, 256 * colour, 256).to(torch.ScalarType.Float64).softmax(1).data<double>().ToArray();
            float[] drawn = likelihood.Draw(logits.expand(Draws, -1), colour, noise).data<float>().ToArray();
            for (int value = 0; value < 256; value++)
                Assert.Equal(Draws * p[value], drawn.Count(d => d == value), 1.01);
        }
    }
}
