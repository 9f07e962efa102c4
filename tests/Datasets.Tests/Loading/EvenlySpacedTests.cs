using TorchSharp;

namespace Replications.Datasets.Tests.Loading;

public class EvenlySpacedTests
{
    [Theory]
    [InlineData(7, 3, new long[] { 0, 2, 4 })]
    [InlineData(6, 6, new long[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(2, 5, new long[] { 0, 1 })]
    [InlineData(0, 5, new long[0])]
    public void Steps_are_even_and_stay_inside(long examples, long count, long[] expected)
    {
        using var data = new DataSet("made-up", new Dictionary<Split, torch.Tensor> { [Split.Test] = torch.zeros(examples, 1) });
        using torch.Tensor places = data.EvenlySpaced(Split.Test, count);
        Assert.Equal(expected, places.data<long>().ToArray());
    }
}
