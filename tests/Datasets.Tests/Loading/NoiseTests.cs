using Replications.Datasets.Loading;
using Replications.Datasets.Registry;
using TorchSharp;

namespace Replications.Datasets.Tests.Loading;

public sealed class NoiseTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(255)]
    public void Dequantization_fills_the_bin_of_its_level(byte level)
    {
        const int Count = 200_000;
        using torch.Generator generator = new(5);
        float[] x = Dequantization.Uniform(Toys.Bytes(Count, level), generator).data<float>().ToArray();
        Assert.All(x, v => Assert.InRange(v * 256, level, level + 1));
        Assert.All(x, v => Assert.True(v < 1));

        // A uniform mean has standard deviation 1 / sqrt(12 N) = 0.00065 of a bin; five of them.
        Assert.InRange(x.Average(v => (v * 256.0) - level), 0.4968, 0.5032);
    }

    [Fact]
    public void Noise_is_that_of_its_generator()
    {
        torch.Tensor pixels = Toys.Bytes(1000, 100);
        float[] Draw(ulong seed)
        {
            using torch.Generator generator = new(seed);
            return Dequantization.Uniform(pixels, generator).data<float>().ToArray();
        }

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void Dynamic_bits_are_drawn_with_the_probability_of_their_grey()
    {
        using DataSet data = Toys.Numbered(3, ValueKind.DynamicBits);
        using torch.Generator generator = new(7);
        Assert.All(Binarization.Bits(data, Toys.Bytes(10_000, 0), generator).data<float>().ToArray(), v => Assert.Equal(0f, v));
        Assert.All(Binarization.Bits(data, Toys.Bytes(10_000, 255), generator).data<float>().ToArray(), v => Assert.Equal(1f, v));

        float[] grey = Binarization.Bits(data, Toys.Bytes(100_000, 51), generator).data<float>().ToArray();
        Assert.All(grey, v => Assert.True(v is 0f or 1f));

        // Binomial(100000, 0.2): standard deviation of the mean 0.00126; five of them.
        Assert.InRange(grey.Average(), 0.1937, 0.2063);
    }

    [Fact]
    public void Every_draw_of_dynamic_bits_is_fresh_and_fixed_bits_never_change()
    {
        torch.Tensor half = Toys.Bytes(1000, 127);
        using DataSet dynamic = Toys.Numbered(3, ValueKind.DynamicBits);
        Assert.NotEqual(Binarization.Bits(dynamic, half).data<float>().ToArray(), Binarization.Bits(dynamic, half).data<float>().ToArray());

        using DataSet fixedBits = Toys.Numbered(2, ValueKind.Bits);
        Assert.Equal([0f, 1f], Binarization.Bits(fixedBits, fixedBits.Examples(Split.Train)).data<float>().ToArray());
    }

    [Fact]
    public void Grey_levels_are_not_binarized_in_silence()
    {
        using DataSet grey = Toys.Numbered(3);
        Assert.Throws<ArgumentException>(() => Binarization.Bits(grey, grey.Examples(Split.Train)));
    }

    [Fact]
    public void Flips_turn_whole_pictures_about_half_of_them()
    {
        const int Count = 2000;
        long[] shape = [Count, 1, 1, 3];
        byte[] picture = [1, 2, 3];
        torch.Tensor pictures = torch.tensor((byte[])[.. Enumerable.Repeat(picture, Count).SelectMany(p => p)], shape);
        using torch.Generator generator = new(3);
        byte[][] flipped = [.. Flips.Horizontal(pictures, generator).data<byte>().ToArray().Chunk(3)];
        Assert.All(flipped, p => Assert.True(p is [1, 2, 3] or [3, 2, 1]));

        // Binomial(2000, 1/2): standard deviation 22.4; five of them.
        Assert.InRange(flipped.Count(p => p[0] == 3), 888, 1112);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using DataSet data = Toys.Numbered(4, ValueKind.DynamicBits);
        torch.Tensor examples = data.Examples(Split.Train);
        using DisposeScope scope = torch.NewDisposeScope();
        Dequantization.Uniform(examples);
        Binarization.Bits(data, examples);
        Flips.Horizontal(examples);
        Assert.Equal(3, scope.DisposablesCount);
    }
}
