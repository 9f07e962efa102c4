using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Tensors;

public class ValueTests
{
    [Fact]
    public void ElementsAreReadInRowMajorOrderWhateverTheStrides()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = arange(6).reshape(2, 3).T;
        TensorAccessor<long> values = a.data<long>();
        Assert.Equal([0L, 3, 1, 4, 2, 5], values.ToArray());
        Assert.Equal(4, values[1, 1]);
        Assert.Equal(4, values[3]);
        Assert.Equal(6, values.Count);
        Assert.Equal(new long[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } }, (long[,])values.ToNDArray());
        values[2, 0] = 9;
        Assert.Equal(9, a[2, 0].item<long>());
        values.CopyFrom([10, 11], 0, 1);
        Assert.Equal([0L, 10, 11, 4, 9, 5], values.ToArray());
    }

    [Fact]
    public void TypesMustMatch()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Contains("not compatible with Float32", Assert.Throws<ArgumentException>(() => zeros(2).data<double>()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => zeros(1).item<long>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Equal(2, tensor(2.7f).ToInt32());
        Assert.Equal(3.0, (double)tensor(3));
        Assert.True((bool)tensor(true));
    }

    [Fact]
    public void BytesAreTheElementsThemselves()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new float[] { 1, -2 });
        Assert.Equal([.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(-2f)], a.bytes.ToArray());
        a.bytes = new byte[8];
        Assert.Equal([0f, 0f], a.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => a.bytes = new byte[7]);
        using var stream = new MemoryStream();
        arange(300_000).reshape(3, 100_000).T.WriteBytesToStream(stream);
        stream.Position = 0;
        Tensor back = zeros(100_000, 3, int64);
        back.ReadBytesFromStream(stream);
        Assert.True(back.Equals(arange(300_000).reshape(3, 100_000).T));
        Assert.Throws<EndOfStreamException>(() => back.ReadBytesFromStream(stream));
    }

    [Fact]
    public void EveryTypeGoesInAndOut()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([1.5], tensor(new[] { 1.5 }).data<double>().ToArray());
        Assert.Equal([(short)-3], tensor(new short[] { -3 }).data<short>().ToArray());
        Assert.Equal([(sbyte)-3], tensor(new sbyte[] { -3 }).data<sbyte>().ToArray());
        Assert.Equal([(byte)250], tensor(new byte[] { 250 }).data<byte>().ToArray());
        Assert.Equal([7], tensor(new[] { 7 }).data<int>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal((Half)0.5, tensor(0.5f).half().item<Half>());
        Assert.Equal(new float[,] { { 1, 2 }, { 3, 4 } }, (float[,])tensor(new float[,] { { 1, 2 }, { 3, 4 } }).data<float>().ToNDArray());
        Assert.Equal(ScalarType.Float16, tensor(new[] { 1, 2 }, float16).dtype);
        Assert.Equal([2, 2, 1, 1], tensor(new float[2, 2, 1, 1]).shape);
    }

    [Fact]
    public void ABufferSharesTheArraysMemory()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] array = [1, 2, 3, 4];
        Tensor shared = frombuffer(array, float32, 2, 1);
        array[1] = 20;
        Assert.Equal([20f, 3f], shared.data<float>().ToArray());
        shared.fill_(0);
        Assert.Equal([1f, 0, 0, 4], array);
        Assert.Throws<ArgumentOutOfRangeException>(() => frombuffer(array, float32, 5));
        Assert.Throws<ArgumentException>(() => frombuffer(array, float64));
    }

    [Fact]
    public void BFloat16RoundsAsLibtorchDoes()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        Tensor x = cat([randn(1000) * 1e3, tensor(new[] { 1.00390625f, 1.01171875f, float.PositiveInfinity, -0f, 3.4e38f })]);
        float[] expected = x.bfloat16().@float().data<float>().ToArray();
        Assert.Equal(expected, x.data<float>().ToArray().Select(value => (float)(BFloat16)value));
        Assert.Equal((float)(BFloat16)1.3f, (float)tensor(1.3f).bfloat16().item<BFloat16>());
        Assert.True(float.IsNaN((BFloat16)float.NaN));
    }
}
