using TorchSharp;

namespace Replications.Training.Subjects;

/// <summary>
/// A capability of a subject: its model is a product of conditionals in some order. Declared, it is tested: the Jacobian of
/// the outputs must vanish wherever an input does not come before.
/// </summary>
public interface IAutoregressive
{
    /// <summary>Orders the model can be used in, for example one per mask.</summary>
    int Orders { get; }

    /// <summary>Parameters of the conditionals, differentiable in the examples.</summary>
    /// <param name="examples">Float examples, <c>[N, D]</c>.</param>
    /// <param name="order">Which order, from 0.</param>
    /// <returns>Outputs <c>[N, D]</c>, one per dimension, and the position of each dimension in the order, from 0.</returns>
    (torch.Tensor Outputs, int[] Position) Conditionals(torch.Tensor examples, int order);
}
