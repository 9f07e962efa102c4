using Replications.Datasets.Formats;

namespace Replications.Datasets.Tests.Formats;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_it_writes_reads_back(int channels)
    {
        byte[] pixels = Samples.Bytes(11 * 6 * channels);
        PngImage image = PngReader.Read(Write(11, 6, channels, pixels), "a.png", pixels.Length);
        Assert.Equal((11, 6, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(pixels, image.Pixels);
    }

    [Fact]
    public void The_same_pixels_give_the_same_bytes()
    {
        byte[] pixels = Samples.Bytes(100 * 30 * 3);
        Assert.Equal(Write(100, 30, 3, pixels), Write(100, 30, 3, pixels));
    }

    [Theory]
    [InlineData(0, 1, 1, 0)]
    [InlineData(2, 2, 5, 20)]
    [InlineData(2, 2, 1, 3)]
    public void Refuses_sizes_that_are_not_those_of_the_pixels(int width, int height, int channels, int bytes) =>
        Assert.Throws<ArgumentException>(() => Write(width, height, channels, new byte[bytes]));

    private static byte[] Write(int width, int height, int channels, byte[] pixels)
    {
        using MemoryStream stream = new();
        PngWriter.Write(stream, width, height, channels, pixels);
        return stream.ToArray();
    }
}
