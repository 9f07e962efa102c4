using Replications.Metrics.Averages;
using TorchSharp;

namespace Replications.Metrics.Tests.Averages;

public class PortionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Every_example_has_its_number_whatever_the_size(long size)
    {
        using torch.Tensor examples = torch.arange(14, torch.ScalarType.Int64).reshape(7, 2);
        var reports = new List<(long, long)>();
        double[] numbers = Portions.Numbers(examples, size, torch.ScalarType.Float32, (x, start) => x.sum(dim: 1) + (100 * start / size), (done, all) => reports.Add((done, all)));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => (4.0 * i) + 1 + (100 * (i / size))), numbers);
        Assert.Equal((7, 7), reports[^1]);
        Assert.Equal((7 + size - 1) / size, reports.Count);
    }

    [Fact]
    public void Nothing_outlives_its_portion()
    {
        using torch.Tensor examples = torch.arange(6, torch.ScalarType.Float64).reshape(3, 2);
        var seen = new List<torch.Tensor>();
        Portions.Each(examples, 2, torch.ScalarType.Float32, (x, _) => seen.Add(x));
        Assert.All(seen, x => Assert.True(x.IsInvalid));
        Assert.Equal(15, examples.sum().ToDouble());
        Assert.Throws<ArgumentOutOfRangeException>(() => Portions.Each(examples, 0, torch.ScalarType.Float32, (_, _) => { }));
    }
}
