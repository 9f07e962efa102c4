using Replications.Datasets.Formats;

namespace Replications.Datasets.Tests.Formats;

public sealed class GzipReaderTests
{
    private static readonly byte[] Content = Samples.Bytes(5000);

    [Fact]
    public void Reads_what_was_compressed() => Assert.Equal(Content, GzipReader.Read(Samples.Gzip(Content), "a.gz", Content.Length));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(500)]
    public void Refuses_a_file_cut_short(int missing)
    {
        byte[] whole = Samples.Gzip(Content);
        DataException e = Assert.Throws<DataException>(() => GzipReader.Read(whole[..^missing], "a.gz", Content.Length));
        Assert.Equal("a.gz", e.Where);
        Assert.Contains("truncated", e.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_gives_other_bytes_when_a_bit_is_flipped()
    {
        byte[] content = Samples.Bytes(60);
        byte[] whole = Samples.Gzip(content);
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // A time, a system, or the padding of the last block: bits that mean nothing.
                Assert.Equal(content, GzipReader.Read(damaged, "a.gz", 60));
            }
            catch (DataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 8 * (whole.Length - 11), 8 * whole.Length);
    }

    [Fact]
    public void Stops_at_the_limit_instead_of_inflating_a_bomb()
    {
        byte[] bomb = Samples.Gzip(new byte[10_000_000]);
        DataException e = Assert.Throws<DataException>(() => GzipReader.Read(bomb, "bomb.gz", 1000));
        Assert.Contains("oversized", e.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_bytes_after_the_end() =>
        Assert.Throws<DataException>(() => GzipReader.Read([.. Samples.Gzip(Content), 1, 2, 3], "a.gz", Content.Length));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Refuses_what_is_not_gzip(byte[] file)
    {
        DataException e = Assert.Throws<DataException>(() => GzipReader.Read(file, "a.gz", 10));
        Assert.Contains("not a gzip file", e.What, StringComparison.Ordinal);
    }
}
