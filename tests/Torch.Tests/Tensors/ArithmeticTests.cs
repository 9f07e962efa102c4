using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Tensors;

public class ArithmeticTests
{
    [Fact]
    public void OperatorsFollowPythonsRulesForTypes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new float[] { 1, 2, 3 });
        Assert.Equal([2f, 4f, 6f], (a + a).data<float>().ToArray());
        Assert.Equal([3f, 4f, 5f], (a + 2.0).data<float>().ToArray());
        Assert.Equal([1f, 0f, -1f], (2 - a).data<float>().ToArray());
        Assert.Equal([2f, 1f, 2f / 3f], (2.0 / a).data<float>().ToArray());
        Assert.Equal([1f, 4f, 9f], a.pow(2).data<float>().ToArray());
        Assert.Equal(ScalarType.Float32, (a * 2.0).dtype);
        Assert.Equal(ScalarType.Float64, (a * tensor(new double[] { 1, 2, 3 })).dtype);
        Assert.Equal(6f, a.sum().item<float>());
        Assert.Equal(6.0, a.sum().ToDouble());
    }

    [Fact]
    public void AFailureCarriesLibtorchsWordsAndNoBacktrace()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsFlowBackward()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2.0, 4.0, 6.0], x.grad!.data<double>().ToArray());
        Tensor first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Tensor second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal([6.0, 12.0, 18.0], second.data<double>().ToArray());
    }
}
