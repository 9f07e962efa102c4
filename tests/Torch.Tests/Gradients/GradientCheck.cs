using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Gradients;

/// <summary>Compares autograd with central finite differences in float64, through a fixed random projection of the result.</summary>
internal static class GradientCheck
{
    // Central differences err by step squared times the third derivative, and by rounding (1e-16) over the step:
    // at 1e-5 both stay near 1e-10 for results of order one, so 1e-6 leaves room for third derivatives of some thousands.
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    internal static void Verify(GradientRow row)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(StableSeed(row.Operator));
        Tensor[] inputs = [.. row.Inputs.Select(Draw)];
        Tensor result = row.Compute([.. inputs.Select(x => x)]);
        Assert.True(result.requires_grad, $"{row.Operator}: the result records no gradient");
        Tensor weights = result.numel() == 0 ? result.detach() : rand(result.shape, float64) + 0.5;
        Tensor[] gradients = [.. autograd.grad([(result * weights).sum()], inputs)];
        for (int i = 0; i < inputs.Length; i++)
            Compare(row, inputs, i, weights.detach(), gradients[i]);
    }

    private static void Compare(GradientRow row, Tensor[] inputs, int which, Tensor weights, Tensor gradient)
    {
        using IDisposable off = no_grad();
        double[] expected = gradient.contiguous().data<double>().ToArray();
        double[] values = inputs[which].detach().contiguous().data<double>().ToArray();
        for (int k = 0; k < values.Length; k++)
        {
            double up = At(row, inputs, which, values, k, Step, weights);
            double down = At(row, inputs, which, values, k, -Step, weights);
            double found = (up - down) / (2 * Step);
            double allowed = Tolerance * Math.Max(1, Math.Abs(found));
            Assert.True(
                Math.Abs(found - expected[k]) <= allowed,
                FormattableString.Invariant($"{row.Operator}, input {which}, element {k}: autograd {expected[k]}, differences {found}"));
        }
    }

    private static double At(GradientRow row, Tensor[] inputs, int which, double[] values, int k, double step, Tensor weights)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] moved = [.. values];
        moved[k] += step;
        Tensor[] points = [.. inputs.Select(x => x.detach())];
        points[which] = tensor(moved).reshape(inputs[which].shape);
        return (row.Compute(points) * weights).sum().item<double>();
    }

    private static Tensor Draw(Input input) =>
        ((rand(input.Shape, float64) * (input.High - input.Low)) + input.Low).detach().requires_grad_();

    private static long StableSeed(string name)
    {
        long seed = 17;
        foreach (char letter in name)
            seed = (seed * 31) + letter;
        return seed & 0xFFFFFF;
    }
}
