using TorchSharp;

namespace Replications.Torch.Tests.Gradients;

/// <summary>One operator at one point: what to compute, and the float64 inputs with respect to which it is differentiated.</summary>
/// <param name="Operator">Name as exposed, for example <c>exp</c> or <c>linalg.qr</c>.</param>
/// <param name="Compute">The computation, from copies of the inputs.</param>
/// <param name="Inputs">Inputs; each is asked for its gradient.</param>
public sealed record GradientRow(string Operator, Func<torch.Tensor[], torch.Tensor> Compute, params Input[] Inputs)
{
    public override string ToString() => Operator;
}

/// <summary>An input: its dimensions and the interval its values are drawn from, which keeps clear of kinks and poles.</summary>
public sealed record Input(double Low, double High, params long[] Shape)
{
    public static Input Any(params long[] shape) => new(-1.5, 1.5, shape);

    public static Input Positive(params long[] shape) => new(0.4, 2.0, shape);

    public static Input Unit(params long[] shape) => new(0.1, 0.9, shape);
}
