using Replications.Datasets;
using Replications.Made;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Made;

public class SamplingTests
{
    private static readonly EvaluationContext Context = new(1, 0, final: true, (_, _) => { }, CancellationToken.None);

    [Fact]
    public void Samples_come_with_their_probabilities()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        var network = new MadeNetwork(3, new MadeRecipe { HiddenUnits = 10 });
        Masks masks = Masks.Sample(3, [10], seed: 1, index: 0);
        using var degrees = new MaskDegrees(masks, torch.CPU);
        const int Draws = 40_000;
        float[] drawn = new AncestralSampler(network, torch.CPU).Complete(torch.zeros(Draws, 3), new bool[3], masks, Context).data<float>().ToArray();
        for (int code = 0; code < 8; code++)
        {
            float[] bits = [code & 1, (code >> 1) & 1, code >> 2];
            double p = Math.Exp(-network.NegativeLogProbability(torch.tensor(bits).reshape(1, 3), degrees).ToDouble());
            int count = Enumerable.Range(0, Draws).Count(n => drawn[3 * n] == bits[0] && drawn[(3 * n) + 1] == bits[1] && drawn[(3 * n) + 2] == bits[2]);
            // Five standard deviations of a binomial count.
            Assert.Equal(Draws * p, count, 5 * Math.Sqrt(Draws * p * (1 - p)) + 1);
        }
    }

    [Fact]
    public void Known_inputs_stay_and_missing_ones_are_drawn_from_the_posterior()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        var network = new MadeNetwork(3, new MadeRecipe { HiddenUnits = 10 });
        // Input 2 is known and first in the ordering, so that p(x_0, x_1 | x_2) is sampled exactly.
        Masks masks = Masks.WithOrdering([2, 3, 1], [10], new Random(1));
        using var degrees = new MaskDegrees(masks, torch.CPU);
        const int Draws = 40_000;
        torch.Tensor start = torch.ones(Draws, 3);
        float[] filled = new AncestralSampler(network, torch.CPU).Complete(start, [false, false, true], masks, Context).data<float>().ToArray();
        Assert.All(Enumerable.Range(0, Draws), n => Assert.Equal(1, filled[(3 * n) + 2]));
        double[] joint = [.. new[] { (0, 0), (0, 1), (1, 0), (1, 1) }.Select(b =>
            Math.Exp(-network.NegativeLogProbability(torch.tensor([b.Item1, b.Item2, 1f]).reshape(1, 3), degrees).ToDouble()))];
        double p = joint[2] / joint.Sum();
        int count = Enumerable.Range(0, Draws).Count(n => filled[3 * n] == 1 && filled[(3 * n) + 1] == 0);
        Assert.Equal(Draws * p, count, 5 * Math.Sqrt(Draws * p * (1 - p)) + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pictures_of_images_are_drawn_in_three_rows_with_the_known_half_kept(int masks)
    {
        using var data = new DataSet("mnist-binarized", new Dictionary<Split, torch.Tensor>
        {
            [Split.Train] = torch.ones([10, 784], dtype: torch.ScalarType.Byte),
            [Split.Test] = torch.ones([10, 784], dtype: torch.ScalarType.Byte),
        });
        var recipe = new MadeRecipe { HiddenUnits = 4, Masks = masks };
        using var subject = new MadeSubject(recipe, new SubjectContext(data, torch.CPU, 1));
        IReadOnlyList<Picture> pictures = subject.Draw(Context);
        Assert.Equal(["samples", "imputation"], pictures.Select(p => p.Name));
        Picture imputation = pictures[1];
        Assert.Equal((10 * 29) - 1, imputation.Width);
        Assert.Equal((3 * 29) - 1, imputation.Height);
        byte At(int row, int y, int x) => imputation.Pixels[(((row * 29) + y) * imputation.Width) + x];
        for (int x = 0; x < 28; x++)
        {
            Assert.Equal(255, At(0, 20, x));
            Assert.Equal(128, At(1, 20, x));
            Assert.True(At(2, 20, x) is 0 or 255);
            Assert.Equal(255, At(2, 5, x));
        }
    }

    [Fact]
    public void Sets_that_are_not_images_have_no_pictures()
    {
        using TinySubject tiny = new("made/adult");
        Assert.Empty(tiny.Subject.Draw(Context));
    }
}
