using Replications.Made;
using TorchSharp;

namespace Replications.Properties.Tests.Made;

public class MasksTests
{
    private static readonly int[] Layers = [40, 40];

    [Fact]
    public void Inputs_are_a_permutation_and_never_the_natural_order_first()
    {
        var masks = Masks.Sample(50, Layers, seed: 1, index: 0);
        Assert.Equal(Enumerable.Range(1, 50), masks.Input.Order());
        Assert.NotEqual(Enumerable.Range(1, 50), masks.Input);
    }

    [Fact]
    public void Hidden_degrees_lie_between_the_smallest_below_and_one_less_than_D()
    {
        for (int index = 0; index < 200; index++)
        {
            var masks = Masks.Sample(6, [3, 3], seed: 1, index);
            Assert.All(masks.Hidden[0], m => Assert.InRange(m, 1, 5));
            Assert.All(masks.Hidden[1], m => Assert.InRange(m, masks.Hidden[0].Min(), 5));
        }
    }

    [Fact]
    public void Every_degree_from_1_to_D_minus_1_is_as_likely()
    {
        // 100,000 draws over 5 values: 20,000 each, standard deviation 126.
        int[] degrees = [.. Masks.Sample(6, [100_000], seed: 3, index: 0).Hidden[0]];
        Assert.All(degrees.GroupBy(d => d), g => Assert.InRange(g.Count(), 19_300, 20_700));
        Assert.Equal([1, 2, 3, 4, 5], degrees.Distinct().Order());
    }

    [Fact]
    public void A_mask_is_a_function_of_seed_and_index()
    {
        Masks one = Masks.Sample(20, Layers, seed: 5, index: 7), again = Masks.Sample(20, Layers, seed: 5, index: 7);
        Assert.Equal(one.Input, again.Input);
        Assert.Equal(one.Hidden[1], again.Hidden[1]);
        Assert.NotEqual(one.Input, Masks.Sample(20, Layers, seed: 5, index: 8).Input);
        Assert.NotEqual(one.Input, Masks.Sample(20, Layers, seed: 6, index: 7).Input);
    }

    [Fact]
    public void Degrees_become_the_masks_of_the_paper()
    {
        // Figure 1: inputs of degree 3 1 2; hidden units 1 2 1 2; D = 3.
        using var degrees = new MaskDegrees(Masks.WithOrdering([3, 1, 2], [4], new Random(1)), torch.CPU);
        Masks masks = Masks.WithOrdering([3, 1, 2], [4], new Random(1));
        int[] hidden = [.. masks.Hidden[0]];
        Assert.Equal([.. hidden, 3, 1, 2], degrees.Hidden[0].data<int>().ToArray());
        Assert.Equal([2, 0, 1, .. hidden], degrees.Output.data<int>().ToArray());
        Assert.Equal([2, 0, 1, 3, 1, 2], degrees.Direct.data<int>().ToArray());
    }

    [Fact]
    public void A_cycle_of_three_serves_three_masks_and_scores_the_same_three()
    {
        using var cycle = new MaskCycle(8, [6], 3, seed: 1, torch.CPU);
        int[][] trained = [.. Enumerable.Range(0, 7).Select(step => Degrees(cycle.ForStep(step)))];
        int[][] scored = [.. Enumerable.Range(0, 3).Select(k => Degrees(cycle.ForEvaluation(k)))];
        Assert.Equal(trained[0], trained[3]);
        Assert.Equal(trained[1], trained[4]);
        Assert.Equal(trained[2], trained[5]);
        Assert.Equal(trained[0], trained[6]);
        Assert.Equal(scored, trained[..3]);
        Assert.Equal(3, scored.Select(s => string.Join(',', s)).Distinct().Count());
    }

    [Fact]
    public void Without_a_limit_every_step_has_its_own_mask_and_evaluation_a_fixed_set_of_others()
    {
        using var cycle = new MaskCycle(8, [6], 0, seed: 1, torch.CPU);
        string[] trained = [.. Enumerable.Range(0, 50).Select(step => string.Join(',', Degrees(cycle.ForStep(step))))];
        string[] scored = [.. Enumerable.Range(0, 10).Select(k => string.Join(',', Degrees(cycle.ForEvaluation(k))))];
        Assert.Equal(50, trained.Distinct().Count());
        Assert.Empty(trained.Intersect(scored));
        Assert.Equal(scored[4], string.Join(',', Degrees(cycle.ForEvaluation(4))));
    }

    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(0, 1, 2)]
    public void What_is_no_permutation_is_refused(int a, int b, int c) =>
        Assert.Throws<ArgumentException>(() => Masks.WithOrdering([a, b, c], [4], new Random(1)));

    [Fact]
    public void One_input_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Masks.WithOrdering([1], [4], new Random(1)));

    private static int[] Degrees(MaskDegrees degrees) => [.. degrees.Hidden[0].data<int>().ToArray(), .. degrees.Direct.data<int>().ToArray()];
}
