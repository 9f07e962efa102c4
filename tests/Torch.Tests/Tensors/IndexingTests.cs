using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.TensorIndex;

namespace Replications.Torch.Tests.Tensors;

public class IndexingTests
{
    private static readonly float[] s_values = [.. Enumerable.Range(0, 24).Select(i => (float)i)];

    [Fact]
    public void NumbersSlicesAndEllipsisChooseAsInPython()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(s_values).reshape(2, 3, 4);
        Is([20, 21, 22, 23], a[1, 2]);
        Is([22], a[1, -1, 2]);
        Is([3, 7, 11, 15, 19, 23], a[Ellipsis, -1]);
        Is([4, 5, 16, 17], a[.., 1, ..2]);
        Is([0, 2, 12, 14], a[Colon, 0, Slice(step: 2)]);
        Is([23], a[^1, ^1, ^1]);
        Is([9, 10], a[0, 2, (1, 3)]);
        Assert.Equal([2, 1, 3, 4], a[Colon, None].shape);
        Assert.Equal([1, 2, 3, 4], a[Null].shape);
    }

    /// <summary>What is freed on the way are other objects than the result, whatever they hold.</summary>
    [Fact]
    public void AViewOutlivesThoseItWasMadeFrom()
    {
        using var scope = NewDisposeScope();
        Tensor all = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        Is([0, 1, 2, 3, 4, 5], all[Colon, Colon]);
        Assert.True(double.IsNaN(full([1, 1], double.NaN)[0, 0].ToDouble()));
    }

    [Fact]
    public void TensorsAndMasksChooseElements()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(s_values).reshape(2, 3, 4);
        Tensor rows = tensor(new long[] { 2, 0 });
        Is([8, 0], a[0, TensorIndex.Tensor(rows), 0]);
        Is([8, 9, 0, 1, 20, 21, 12, 13], a[Colon, TensorIndex.Tensor(rows), ..2]);
        Is([21, 22, 23], a[a > 20]);
        Is([0, 1, 2, 3], a[tensor(0L), tensor(0L)]);
        Assert.Equal([1, 2, 3, 4], a[Bool(true)].shape);
        Assert.Equal([0, 2, 3, 4], a[Bool(false)].shape);
    }

    [Fact]
    public void AssignmentWritesThroughTheView()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros(2, 3);
        a[0, 1] = 5f;
        a[1] = tensor(new float[] { 1, 2, 3 });
        a[Colon, 2] = 7;
        Is([0, 5, 7, 1, 2, 7], a);
        a[a > 4] = 0f;
        Is([0, 0, 0, 1, 2, 0], a);
        a.index_put_(tensor(new float[] { 1, 1 }), [TensorIndex.Tensor(tensor(new long[] { 0, 0 })), TensorIndex.Single(0)], true);
        Is([2, 0, 0, 1, 2, 0], a);
        a.index_put_(9, Single(1), Slice(1));
        Is([2, 0, 0, 1, 9, 9], a);
    }

    [Fact]
    public void WrongIndicesAreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros(2, 3);
        Assert.Contains("too many indices", Assert.Throws<ArgumentException>(() => a[0, 0, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("index 5 out of range", Assert.Throws<ExternalException>(() => a[5]).Message, StringComparison.Ordinal);
    }

    private static void Is(float[] expected, Tensor found) => Assert.Equal(expected, found.data<float>().ToArray());
}
