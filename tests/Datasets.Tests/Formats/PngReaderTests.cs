using Replications.Datasets.Formats;

namespace Replications.Datasets.Tests.Formats;

public sealed class PngReaderTests
{
    private const int Width = 5;
    private const int Height = 7;

    private static readonly byte[] End = PngSamples.Chunk("IEND", []);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 2)]
    [InlineData(2, 3)]
    [InlineData(6, 4)]
    public void Reads_every_filter_for_every_number_of_channels(byte colour, int channels)
    {
        byte[] pixels = Samples.Bytes(Width * Height * channels);
        foreach (byte[] filters in (byte[][])[[0], [1], [2], [3], [4], [4, 3, 2, 1, 0]])
        {
            byte[] data = PngSamples.Zlib(PngSamples.Filtered(Width * channels, channels, pixels, filters));
            PngImage image = Read([.. PngSamples.Signature, .. PngSamples.Header(Width, Height, colour), .. PngSamples.Chunk("IDAT", data), .. End]);
            Assert.Equal((Width, Height, channels), (image.Width, image.Height, image.Channels));
            Assert.Equal(pixels, image.Pixels);
        }
    }

    [Fact]
    public void Joins_data_chunks_and_passes_over_ancillary_ones()
    {
        byte[] data = Data(Samples.Bytes(Width * Height));
        PngImage image = Read(
        [
            .. PngSamples.Signature, .. PngSamples.Header(Width, Height, 0), .. PngSamples.Chunk("tEXt", [65, 0, 66]),
            .. PngSamples.Chunk("IDAT", data[..9]), .. PngSamples.Chunk("IDAT", []), .. PngSamples.Chunk("IDAT", data[9..]), .. End,
        ]);
        Assert.Equal(Samples.Bytes(Width * Height), image.Pixels);
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        byte[] whole = Grey(Data(Samples.Bytes(Width * Height)));
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<DataException>(() => Read(whole[..length]));
    }

    [Fact]
    public void Refuses_every_single_flipped_bit()
    {
        byte[] whole = Grey(Data(Samples.Bytes(Width * Height)));
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<DataException>(() => Read(damaged));
        }
    }

    [Fact]
    public void Refuses_too_few_and_too_many_rows()
    {
        Refuses(Grey(Data(Samples.Bytes(Width * (Height - 1)))), "truncated");
        Refuses(Grey(Data(Samples.Bytes(Width * (Height + 1)))), "oversized");
    }

    [Fact]
    public void Refuses_bytes_after_the_end() => Refuses([.. Grey(Data(Samples.Bytes(Width * Height))), 0], "IEND");

    [Theory]
    [InlineData(0x7FFFFFFF, 0x7FFFFFFF, "more than")]
    [InlineData(0, 7, "size of 0 x 7")]
    [InlineData(0xFFFFFFFF, 1, "size of 4294967295 x 1")]
    public void Refuses_a_hostile_size_before_allocating(uint width, uint height, string why) =>
        Refuses([.. PngSamples.Signature, .. PngSamples.Header(width, height, 0), .. PngSamples.Chunk("IDAT", Data([])), .. End], why);

    [Theory]
    [InlineData(3, 8, 0, "colour type 3")]
    [InlineData(0, 16, 0, "16 bits")]
    [InlineData(0, 1, 0, "1 bits")]
    [InlineData(0, 8, 1, "interlacing")]
    public void Refuses_kinds_it_does_not_read(byte colour, byte depth, byte interlace, string why) =>
        Refuses([.. PngSamples.Signature, .. PngSamples.Header(Width, Height, colour, depth, interlace), .. End], why);

    [Fact]
    public void Refuses_a_filter_that_does_not_exist() => Refuses(Grey(PngSamples.Zlib([9, 1, 2, 3, 4, 5])), "row filter 9");

    [Fact]
    public void Refuses_missing_data_a_second_header_and_unknown_critical_chunks()
    {
        byte[] header = PngSamples.Header(Width, Height, 0);
        Refuses([.. PngSamples.Signature, .. header, .. End], "no IDAT");
        Refuses([.. PngSamples.Signature, .. header, .. header, .. End], "more than one IHDR");
        Refuses([.. PngSamples.Signature, .. header, .. PngSamples.Chunk("CgBI", []), .. End], "CgBI");
        Refuses([.. PngSamples.Signature, .. End], "not an IHDR");
        Refuses(Samples.Bytes(50), "not a PNG");
    }

    private static byte[] Data(byte[] pixels) => PngSamples.Zlib(PngSamples.Filtered(Width, 1, pixels, 0));

    private static byte[] Grey(byte[] data) =>
        [.. PngSamples.Signature, .. PngSamples.Header(Width, Height, 0), .. PngSamples.Chunk("IDAT", data), .. End];

    private static PngImage Read(byte[] png) => PngReader.Read(png, "grid.png", 4 * Width * Height);

    private static void Refuses(byte[] png, string why)
    {
        DataException e = Assert.Throws<DataException>(() => Read(png));
        Assert.Equal("grid.png", e.Where);
        Assert.Contains(why, e.What, StringComparison.Ordinal);
    }
}
