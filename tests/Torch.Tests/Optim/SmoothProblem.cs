using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Optim;

/// <summary>The loss of generate_optim.py.</summary>
internal static class SmoothProblem
{
    internal static Parameter[] Parameters()
    {
        double[] first = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i + 1.0))];
        double[] second = [.. Enumerable.Range(0, 5).Select(i => Math.Cos(i + 1.0))];
        return [new Parameter(tensor(first).reshape(3, 4)), new Parameter(tensor(second))];
    }

    internal static Tensor Loss(Parameter[] ps)
    {
        Tensor sum = ps[0].sum() * ps[1].sum();
        for (int k = 0; k < ps.Length; k++)
            sum = sum + ((ps[k] * ps[k] * (0.5 * (k + 1))) + ps[k].sin()).sum();
        return sum;
    }
}
