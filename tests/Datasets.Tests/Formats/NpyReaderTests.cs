using Replications.Datasets.Formats;

namespace Replications.Datasets.Tests.Formats;

public sealed class NpyReaderTests
{
    [Theory]
    [InlineData("|u1", "(6,)", ElementType.UInt8, 6)]
    [InlineData("<i4", "(2, 3)", ElementType.Int32, 24)]
    [InlineData("<f4", "(2L, 3L)", ElementType.Float32, 24)]
    [InlineData("<f8", "(1, 2, 3)", ElementType.Float64, 48)]
    [InlineData("|u1", "()", ElementType.UInt8, 1)]
    [InlineData("|u1", "(0, 5)", ElementType.UInt8, 0)]
    public void Reads_each_element_type(string descr, string shape, ElementType type, int bytes)
    {
        byte[] content = Samples.Bytes(bytes);
        DataArray array = Read(Samples.Npy(descr, shape, content), bytes);
        Assert.Equal(type, array.Type);
        Assert.Equal(bytes, array.Shape.Aggregate((long)DataArray.SizeOf(type), (a, b) => a * b));
        Assert.Equal(content, array.Bytes);
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        byte[] whole = Samples.Npy("|u1", "(2, 3)", Samples.Bytes(6));
        for (int length = 0; length < whole.Length; length++)
        {
            DataException e = Assert.Throws<DataException>(() => Read(whole[..length], 6));
            Assert.Contains("truncated", e.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_bytes_after_the_array() => Refuses(Samples.Npy("|u1", "(2, 3)", Samples.Bytes(7)), "oversized");

    [Theory]
    [InlineData("(4611686018427387904, 4611686018427387904)", "more than the 6 bytes")]
    [InlineData("(99999999999999999999,)", "axis of length")]
    [InlineData("(7,)", "more than the 6 bytes")]
    [InlineData("(-1, 3)", "not understood")]
    [InlineData("(2, 3), 'x': ()", "not understood")]
    public void Refuses_a_hostile_shape_before_allocating(string shape, string why) => Refuses(Samples.Npy("|u1", shape, Samples.Bytes(6)), why);

    [Theory]
    [InlineData(">f4")]
    [InlineData("|O")]
    [InlineData("<c16")]
    public void Refuses_other_element_types(string descr) => Refuses(Samples.Npy(descr, "(1,)", Samples.Bytes(6)), $"'{descr}'");

    [Fact]
    public void Refuses_column_major_arrays() => Refuses(Samples.Npy("|u1", "(2, 3)", Samples.Bytes(6), order: "True"), "column-major");

    [Fact]
    public void Refuses_other_versions()
    {
        byte[] second = Samples.Npy("|u1", "(6,)", Samples.Bytes(6));
        second[6] = 2;
        Refuses(second, "format 2.0");
    }

    [Fact]
    public void Refuses_what_is_not_npy() => Refuses(Samples.Bytes(100), "not a .npy file");

    private static DataArray Read(byte[] file, long limit) => NpyReader.Read(new MemoryStream(file), "rows.npy", limit);

    private static void Refuses(byte[] file, string why)
    {
        DataException e = Assert.Throws<DataException>(() => Read(file, 6));
        Assert.Equal("rows.npy", e.Where);
        Assert.Contains(why, e.What, StringComparison.Ordinal);
    }
}
