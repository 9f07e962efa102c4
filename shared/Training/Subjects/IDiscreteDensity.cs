using TorchSharp;

namespace Replications.Training.Subjects;

/// <summary>
/// A capability of a subject: its model gives every example of a discrete space an exact probability. Declared, it is tested:
/// at small size the probabilities of the whole space must sum to one.
/// </summary>
public interface IDiscreteDensity
{
    /// <summary>Values one dimension can take, <c>0..Values-1</c>: 2 for bits, 256 for pixels.</summary>
    int Values { get; }

    /// <summary>Log-probability of each example, as <see cref="ISubject.Evaluate"/> would score it at the end of training.</summary>
    /// <param name="examples">Examples as the data set stores them, <c>[N, ...]</c>.</param>
    /// <returns><c>[N]</c>, nats.</returns>
    double[] LogProbability(torch.Tensor examples);
}
