using Replications.Training.Pictures;
using TorchSharp;

namespace Replications.Training.Tests.Pictures;

public class CategoricalTests
{
    // Cumulative: 0.5, 0.75, 0.75, 1.
    private static readonly float[] _probabilities = [0.5f, 0.25f, 0, 0.25f];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.49, 0)]
    [InlineData(0.51, 1)]
    [InlineData(0.74, 1)]
    [InlineData(0.76, 3)]
    [InlineData(0.99999994, 3)]
    public void A_value_is_the_first_whose_cumulative_probability_lies_above_the_number(double uniform, long value)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor logits = torch.tensor(_probabilities).log().unsqueeze(0);
        Assert.Equal(value, Categorical.Draw(logits, torch.tensor([(float)uniform])).item<long>());
    }

    [Fact]
    public void Each_row_has_its_own_logits_and_number()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor logits = torch.tensor(new float[] { 0, 9, 0, 9, 0, 0 }).reshape(2, 3);
        Assert.Equal([1L, 2L], Categorical.Draw(logits, torch.tensor(new float[] { 0.5f, 0.99999f })).data<long>().ToArray());
    }

    [Fact]
    public void A_value_is_always_one_of_those_there_are()
    {
        using var scope = torch.NewDisposeScope();
        // One is not drawn, and what rounding leaves below it neither lies above.
        for (int values = 1; values <= 256; values++)
            Assert.Equal(values - 1, Categorical.Draw(torch.zeros(1, values), torch.ones(1)).item<long>());
    }

    [Fact]
    public void Values_are_drawn_as_often_as_they_are_probable()
    {
        using var scope = torch.NewDisposeScope();
        const int Count = 4000;
        torch.Tensor logits = torch.tensor(_probabilities).log().expand(Count, 4);
        long[] drawn = [.. Categorical.Draw(logits, (torch.arange(Count) + 0.5) / Count).data<long>()];
        Assert.Equal([2000, 1000, 0, 1000], Enumerable.Range(0, 4).Select(k => drawn.Count(d => d == k)));
    }
}
