using Replications.Datasets.Loading;
using TorchSharp;

namespace Replications.Datasets.Tests.Loading;

public sealed class BatchesTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void An_epoch_holds_every_example_once()
    {
        using DataSet data = Toys.Numbered(23);
        using Batches batches = new(data, Split.Train, 5, seed: 1);
        Assert.Equal(5, batches.PerEpoch);
        long[] rows = [.. Enumerable.Range(0, 5).SelectMany(b => batches.Rows(0, b).data<long>().ToArray())];
        Assert.Equal(Enumerable.Range(0, 23).Select(i => (long)i), rows.Order());
        Assert.Equal(3, batches.Rows(0, 4).shape[0]);
    }

    [Fact]
    public void A_remainder_that_is_dropped_is_another_in_another_epoch()
    {
        using DataSet data = Toys.Numbered(23);
        using Batches batches = new(data, Split.Train, 5, seed: 1, Remainder.Dropped);
        Assert.Equal(4, batches.PerEpoch);
        string[] left = [.. Enumerable.Range(0, 10).Select(epoch =>
            string.Join(',', Enumerable.Range(0, 23).Select(i => (long)i).Except(Enumerable.Range(0, 4).SelectMany(b => batches.Rows(epoch, b).data<long>().ToArray()))))];
        Assert.True(left.Distinct().Count() > 5);
    }

    [Fact]
    public void A_batch_depends_on_seed_epoch_and_batch_alone()
    {
        using DataSet data = Toys.Numbered(50);
        using Batches straight = new(data, Split.Train, 7, seed: 3);
        List<byte[]> drawn = [];
        for (int epoch = 0; epoch < 3; epoch++)
        {
            for (int batch = 0; batch < straight.PerEpoch; batch++)
                drawn.Add(straight.Examples(epoch, batch).data<byte>().ToArray());
        }

        // Another object, backwards, with the default generator elsewhere.
        torch.random.manual_seed(12345);
        using Batches resumed = new(data, Split.Train, 7, seed: 3);
        for (int i = drawn.Count - 1; i >= 0; i--)
            Assert.Equal(drawn[i], resumed.Examples(i / straight.PerEpoch, i % straight.PerEpoch).data<byte>().ToArray());

        using Batches other = new(data, Split.Train, 7, seed: 4);
        Assert.NotEqual(drawn[0], other.Examples(0, 0).data<byte>().ToArray());
    }

    [Fact]
    public void Labels_go_with_their_examples()
    {
        using DataSet data = Toys.Numbered(20);
        using Batches batches = new(data, Split.Train, 6, seed: 8);
        byte[] examples = batches.Examples(2, 1).data<byte>().ToArray();
        Assert.Equal(examples.Select(e => 10L * e), batches.Labels(2, 1).data<long>().ToArray());
    }

    [Fact]
    public void The_order_outlives_the_scope_of_a_step_and_a_batch_does_not()
    {
        using DataSet data = Toys.Numbered(20);
        using Batches batches = new(data, Split.Train, 6, seed: 8);
        torch.Tensor first;
        using (torch.NewDisposeScope())
            first = batches.Examples(0, 0);
        Assert.True(first.IsInvalid);
        using (torch.NewDisposeScope())
            Assert.Equal(6, batches.Examples(0, 1).shape[0]);
    }

    [Fact]
    public void What_is_no_batch_is_refused()
    {
        using DataSet data = Toys.Numbered(4);
        Assert.Throws<ArgumentException>(() => new Batches(data, Split.Train, 5, seed: 0, Remainder.Dropped));
        using Batches batches = new(data, Split.Train, 5, seed: 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => batches.Rows(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => batches.Rows(-1, 0));
    }

    [Fact]
    public void Evaluation_goes_over_everything_in_order()
    {
        using DataSet data = Toys.Numbered(23);
        byte[][] pieces = [.. Chunks.Of(data, Split.Train, 10).Select(p => p.data<byte>().ToArray())];
        Assert.Equal([10, 10, 3], pieces.Select(p => p.Length));
        Assert.Equal(Enumerable.Range(0, 23).Select(i => (byte)i), pieces.SelectMany(p => p));
    }
}
