using Replications.Datasets.Formats;

namespace Replications.Datasets.Tests.Formats;

public sealed class IdxReaderTests
{
    private static readonly byte[] Content = Samples.Bytes(24);

    [Fact]
    public void Reads_shape_and_bytes()
    {
        DataArray array = Read(Samples.Idx([2, 3, 4], Content), 24);
        Assert.Equal(ElementType.UInt8, array.Type);
        Assert.Equal([2, 3, 4], array.Shape);
        Assert.Equal(Content, array.Bytes);
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        byte[] whole = Samples.Idx([2, 3, 4], Content);
        for (int length = 0; length < whole.Length; length++)
        {
            DataException e = Assert.Throws<DataException>(() => Read(whole[..length], 24));
            Assert.Contains("truncated", e.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_bytes_after_the_array() => Refuses(Samples.Idx([2, 3, 4], [.. Content, 0]), "oversized");

    [Fact]
    public void Refuses_a_declared_size_over_the_limit_before_allocating() =>
        Refuses(Samples.Idx([0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF], []), "more than the 24 bytes");

    [Fact]
    public void Refuses_another_element_type()
    {
        byte[] floats = Samples.Idx([2, 3, 4], Content);
        floats[2] = 0x0D;
        Refuses(floats, "element type 0D");
    }

    [Fact]
    public void Refuses_no_axes_and_too_many()
    {
        Refuses([0, 0, 8, 0], "0 axes");
        Refuses([0, 0, 8, 255], "255 axes");
    }

    [Fact]
    public void Refuses_what_is_not_idx() => Refuses([0x1F, 0x8B, 8, 0], "not an IDX file");

    private static DataArray Read(byte[] file, long limit) => IdxReader.Read(new MemoryStream(file), "images-idx3", limit);

    private static void Refuses(byte[] file, string why)
    {
        DataException e = Assert.Throws<DataException>(() => Read(file, 24));
        Assert.Equal("images-idx3", e.Where);
        Assert.Contains(why, e.What, StringComparison.Ordinal);
    }
}
