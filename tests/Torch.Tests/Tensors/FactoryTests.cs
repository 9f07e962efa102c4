using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Tensors;

public class FactoryTests
{
    [Fact]
    public void FactoriesTakeShapeTypeAndGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros([2, 3], float64, requires_grad: true);
        Assert.Equal([2, 3], a.shape);
        Assert.Equal((ScalarType.Float64, true), (a.dtype, a.requires_grad));
        Assert.Equal([2, 3, 4, 5], ones(2, 3, 4, 5).shape);
        Assert.Equal(ScalarType.Int64, full(2, 3).dtype);
        Assert.Equal(ScalarType.Bool, full(2, true).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 3.0).dtype);
        Assert.Equal([3.5f, 3.5f], full(2, 3.5).data<float>().ToArray());
        Assert.Equal(ScalarType.Float64, zeros_like(a).dtype);
        Assert.Equal(ScalarType.Int32, ones_like(a, int32).dtype);
        Assert.Equal([4, 1], a.new_zeros(4, 1).shape);
        Assert.Equal(ScalarType.Float64, a.new_empty(1).dtype);
        Assert.Equal([1, 1, 2], empty(1, 1, 2).shape);
    }

    [Fact]
    public void RangesTakeTheTypeOfTheirNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([0L, 1, 2], arange(3).data<long>().ToArray());
        Assert.Equal([1f, 1.5f], arange(1, 2, 0.5).data<float>().ToArray());
        Assert.Equal([0.0, 0.5, 1], linspace(0, 1, 3, float64).data<double>().ToArray());
        Assert.Equal([1f, 10f, 100f], logspace(0, 2, 3).data<float>().ToArray());
        Assert.Equal([1f, 0, 0, 0, 1, 0], eye(2, 3).data<float>().ToArray());
    }

    [Fact]
    public void TheDefaultTypeCanBeChanged()
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType before = get_default_dtype();
        set_default_dtype(float64);
        try
        {
            Assert.Equal(ScalarType.Float64, zeros(1).dtype);
            Assert.Equal(ScalarType.Float64, rand(1).dtype);
        }
        finally
        {
            set_default_dtype(before);
        }
    }

    [Fact]
    public void ConversionsKeepOrCopyAsAsked()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new float[] { 1.7f, -1.7f });
        Assert.Equal([1, -1], a.@int().data<int>().ToArray());
        Assert.True(a.to(float32).IsAliasOf(a));
        Assert.False(a.to(float32, copy: true).IsAliasOf(a));
        Assert.Equal(ScalarType.Float64, a.to(tensor(1.0)).dtype);
        Assert.True(a.cpu().IsAliasOf(a));
        Tensor given = zeros(1);
        given.to(float64, disposeAfter: true);
        Assert.True(given.IsInvalid);
    }

    [Fact]
    public void ShapesAreValues()
    {
        Size size = (2, 3);
        Assert.Equal(new Size((2, 3)), size);
        Assert.Equal((6L, 2, 3L), (size.numel(), size.Length, size[1]));
        Assert.Equal([2, 3, 4], size + (Size)4);
        Assert.True(Size.Empty.IsEmpty);
        Assert.Equal("[2x3], type = Float32, device = cpu", zeros([2, 3]).ToString());
    }

    [Fact]
    public void ReducingInBytesByAccidentIsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Contains("0L", Assert.Throws<ArgumentException>(() => zeros(2, 3).sum(0)).Message, StringComparison.Ordinal);
        Assert.Equal([3], zeros(2, 3).sum(0L).shape);
    }
}
