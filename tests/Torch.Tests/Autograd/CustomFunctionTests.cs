using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Autograd;

public class CustomFunctionTests
{
    [Fact]
    public void AFunctionsOwnDerivativeIsUsed()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        Tensor y = Cube.apply(x, 2.0);
        Assert.Equal([2.0, 16, 54], y.data<double>().ToArray());
        y.sum().backward();
        Assert.Equal([6.0, 24, 54], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void ItCanBeDifferentiatedTwice()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 1, 2 }, requires_grad: true);
        Tensor first = autograd.grad([Cube.apply(x, 1.0).sum()], [x], create_graph: true)[0];
        Assert.Equal([6.0, 12], autograd.grad([first.sum()], [x])[0].data<double>().ToArray());
    }

    [Fact]
    public void SeveralResultsHaveSeveralGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor y = tensor(5.0, requires_grad: true);
        List<Tensor> both = SumAndProduct.apply(x, y);
        (both[0] + (2 * both[1])).backward();
        Assert.Equal((11.0, 7.0), (x.grad!.item<double>(), y.grad!.item<double>()));
    }

    [Fact]
    public void AnExceptionInItsBackwardReachesTheCaller()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor y = Faulty.apply(x);
        var error = Assert.Throws<ExternalException>(() => y.backward());
        Assert.Contains("NotSupportedException in the function faulty: no derivative today", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutGradientsItOnlyComputes()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Assert.False(Cube.apply(tensor(2.0, requires_grad: true), 1.0).requires_grad);
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => "cube";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return x.pow(3) * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            Tensor x = ctx.get_saved_variables()[0];
            return [grad_output * 3 * x * x * (double)ctx.get_data("factor")!, null!];
        }
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => "sum and product";

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            var y = (Tensor)vars[1];
            ctx.save_for_backward([x, y]);
            return [x + y, x * y];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return [grad_outputs[0] + (grad_outputs[1] * saved[1]), grad_outputs[0] + (grad_outputs[1] * saved[0])];
        }
    }

    private sealed class Faulty : autograd.SingleTensorFunction<Faulty>
    {
        public override string Name => "faulty";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]) * 2;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new NotSupportedException("no derivative today");
    }
}
