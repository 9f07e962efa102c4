using System.Buffers.Binary;
using System.Text;
using Replications.Training.Checkpoints;
using Replications.Training.Tests.Storage;
using static TorchSharp.torch;

namespace Replications.Training.Tests.Checkpoints;

public class SafetensorsTests
{
    [Fact]
    public void Tensors_of_every_type_and_shape_come_back_bit_for_bit()
    {
        using IDisposable scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (ScalarType type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool])
            tensors.Add(KeyValuePair.Create($"t.{type}", (rand(3, 5) * 4 - 1).to_type(type)));
        tensors.Add(KeyValuePair.Create("scalar", tensor(1.5)));
        tensors.Add(KeyValuePair.Create("empty", zeros(0, 3)));
        tensors.Add(KeyValuePair.Create("transposed", rand(4, 6).t()));
        Write(folder.File("t"), tensors);

        using var file = new SafetensorsFile(folder.File("t"));
        Assert.Equal(tensors.Count, file.Entries.Count);
        foreach ((string name, Tensor expected) in tensors)
        {
            Tensor actual = file.Read(name);
            Assert.Equal(expected.dtype, actual.dtype);
            Assert.Equal(expected.shape, actual.shape);
            Assert.True(expected.contiguous().bytes.SequenceEqual(actual.bytes), name);
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var folder = new TemporaryFolder();
        using Tensor a = tensor((float[])[1f, -2f]);
        Write(folder.File("t"), [KeyValuePair.Create("a", a)]);
        byte[] bytes = File.ReadAllBytes(folder.File("t"));
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, (int)length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], bytes[(8 + (int)length)..]);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"__metadata__":{"by":"x"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "header counts")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "header counts")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "begins at")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}}""", 8, "does not parse")]
    [InlineData("""{"a":{"dtype":"X99","shape":[2],"data_offsets":[0,8]}}""", 8, "unknown type")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "begins at")]
    [InlineData("""{"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", 8, "does not parse")]
    [InlineData("""[1]""", 0, "does not parse")]
    [InlineData("""{"a":""", 0, "does not parse")]
    public void Headers_that_do_not_fit_their_data_are_refused(string header, int dataBytes, string? problem)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(8));
        File.WriteAllBytes(folder.File("t"), bytes);
        Exception? thrown = Record.Exception(() => new SafetensorsFile(folder.File("t")).Dispose());
        if (problem is null)
            Assert.Null(thrown);
        else
            Assert.Contains(problem, Assert.IsType<InvalidDataException>(thrown).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_file_cut_short_is_refused(int length)
    {
        using var folder = new TemporaryFolder();
        using Tensor a = ones(4);
        Write(folder.File("t"), [KeyValuePair.Create("a", a)]);
        File.WriteAllBytes(folder.File("t"), File.ReadAllBytes(folder.File("t"))[..length]);
        Assert.Throws<InvalidDataException>(() => new SafetensorsFile(folder.File("t")));
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused_without_reading_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("t"), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x7b, 0x7d]);
        Assert.Throws<InvalidDataException>(() => new SafetensorsFile(folder.File("t")));
    }

    private static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        using FileStream file = File.Create(path);
        SafetensorsWriter.Write(file, tensors);
    }
}
