using Replications.PixelCnn;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnn;

public class SamplingTests
{
    private static readonly EvaluationContext Context = new(1, 0, final: true, (_, _) => { }, CancellationToken.None);

    public static TheoryData<PixelNetworkKind, int, bool> All => Networks.All;

    /// <summary>Value by value: images of more rows and columns than the first convolution reads, and of fewer; from the first row and from a later one.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void What_is_kept_from_pixel_to_pixel_draws_what_the_whole_network_draws(PixelNetworkKind kind, int colours, bool fused)
    {
        using IDisposable scope = torch.NewDisposeScope();
        foreach (PixelOutput output in Enum.GetValues<PixelOutput>())
        {
            foreach ((int height, int width) in ((int, int)[])[(6, 9), (3, 2), (4, 1), (1, 5)])
                AssertDrawsTheSame(Networks.Recipe(kind, output, fused) with { Layers = 3 }, new ImageShape(colours, height, width));
        }
    }

    [Theory]
    [InlineData(true, "needs classes")]
    [InlineData(false, "takes no classes")]
    public void A_network_that_misses_classes_or_has_none_is_not_walked(bool conditional, string why)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var shape = new ImageShape(1, 2, 2);
        PixelRecipe recipe = Networks.Recipe(PixelNetworkKind.Gated, PixelOutput.Bernoulli, fused: !conditional);
        var sampler = new CachedSampler(Networks.Random(recipe, shape), new PixelLikelihood(recipe.Output, shape), shape);
        torch.Tensor? classes = conditional ? null : torch.zeros(1, torch.ScalarType.Int64);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => sampler.Complete(torch.zeros(1, 1, 2, 2), 0, torch.rand(1, 1, 2, 2), classes, Context));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

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
        float[] drawn = new CachedSampler(network, likelihood, shape).Complete(start, 0, torch.rand(Draws, 1, 2, 2), null, Context).data<float>().ToArray();
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
        torch.Tensor filled = new CachedSampler(Networks.Random(recipe, shape), new PixelLikelihood(recipe.Output, shape), shape)
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

    private static void AssertDrawsTheSame(PixelRecipe recipe, ImageShape shape)
    {
        using PixelNetwork network = Networks.Random(recipe, shape).to(torch.ScalarType.Float64);
        // Smaller weights, so that no value is certain.
        using (torch.no_grad())
        {
            foreach (TorchSharp.Modules.Parameter p in network.parameters())
                p.mul_(0.5);
        }

        const int Images = 5;
        var likelihood = new PixelLikelihood(recipe.Output, shape);
        long[] size = [Images, shape.Colours, shape.Height, shape.Width];
        torch.Tensor start = torch.randint(0, likelihood.Values, size).to(torch.ScalarType.Float64);
        torch.Tensor noise = torch.rand(size, torch.ScalarType.Float64);
        torch.Tensor? classes = Networks.Classes(recipe, Images);
        foreach (int rows in (int[])[0, shape.Height / 2])
        {
            torch.Tensor naive = new NaiveSampler(network, likelihood, shape).Complete(start, rows, noise, classes, Context);
            torch.Tensor cached = new CachedSampler(network, likelihood, shape).Complete(start, rows, noise, classes, Context);
            Assert.Equal(naive.data<double>().ToArray(), cached.data<double>().ToArray());
            Assert.True((cached.narrow(2, 0, rows) == start.narrow(2, 0, rows)).all().ToBoolean());
            // A picture, not one value everywhere.
            Assert.True(cached.narrow(2, rows, shape.Height - rows).std().ToDouble() > (likelihood.Values - 1) / 10.0);
        }
    }
}
