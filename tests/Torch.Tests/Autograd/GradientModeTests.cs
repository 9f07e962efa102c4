using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Autograd;

public class GradientModeTests
{
    [Fact]
    public void ModesNestAndEnd()
    {
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            using (enable_grad())
                Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (set_grad_enabled(false))
            Assert.False(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.True(inference_tensor());
        }

        Assert.False(is_inference_mode_enabled());

        static bool inference_tensor()
        {
            using Tensor made = zeros(1, requires_grad: false);
            using Tensor doubled = made + made;
            return !doubled.requires_grad;
        }
    }

    [Fact]
    public void LeavesAndGradientsAreWhatPythonSays()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(2.0, requires_grad: true);
        Tensor y = x * x;
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.Null(x.grad);
        y.retain_grad();
        (y * 3).backward(retain_graph: true);
        Assert.Equal((12.0, 3.0), (x.grad!.item<double>(), y.grad!.item<double>()));
        Assert.False(y.detach().requires_grad);
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = tensor(5.0);
        Assert.Equal(5.0, x.grad!.item<double>());
    }

    [Fact]
    public void BackwardTakesWeightsAndInputs()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 1, 2 }, requires_grad: true);
        Tensor y = tensor(new double[] { 3, 4 }, requires_grad: true);
        (x * y).backward([tensor(new double[] { 1, 10 })], inputs: [x]);
        Assert.Equal([3.0, 40], x.grad!.data<double>().ToArray());
        Assert.Null(y.grad);
    }

    [Fact]
    public void ASecondBackwardIsRefusedInLibtorchsWords()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor y = tensor(2.0, requires_grad: true).pow(2);
        y.backward();
        var error = Assert.Throws<ExternalException>(() => y.backward());
        Assert.Contains("Trying to backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnusedInputIsAnErrorUnlessAllowed()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(2.0, requires_grad: true);
        Tensor unused = tensor(2.0, requires_grad: true);
        Assert.Throws<ExternalException>(() => autograd.grad([x * 2], [x, unused]));
        IList<Tensor> found = autograd.grad([x * 2], [x, unused], allow_unused: true);
        Assert.Equal(2.0, found[0].item<double>());
        Assert.Null(found[1]);
    }

    [Fact]
    public void AnomalyModeRefusesNotANumber()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(-1.0, requires_grad: true);
        using (autograd.detect_anomaly())
        {
            Assert.True(AnomalyMode.IsEnabled);
            var error = Assert.Throws<ExternalException>(() => (x.sqrt() * 0).backward());
            Assert.Contains("returned nan values", error.Message, StringComparison.Ordinal);
        }

        Assert.False(AnomalyMode.IsEnabled);
    }
}
