using Replications.Metrics.Averages;

namespace Replications.Metrics.Bounds;

/// <summary>
/// The importance-weighted bound <c>L_k = E log 1/k sum p(x, h_i)/q(h_i | x)</c> (Burda et al. 2016, equation 8): a lower bound of
/// log p(x) in expectation, tighter as k grows, equal to the ELBO at k = 1. Fed in chunks, so k = 5000 needs no memory.
/// </summary>
/// <param name="points">Number of data points.</param>
public sealed class ImportanceWeightedBound(int points)
{
    private readonly LogMeanExp _weights = new(points);

    /// <summary>Importance samples taken for each point.</summary>
    public long Samples => _weights.Terms;

    /// <summary>Adds one sample per point.</summary>
    /// <param name="logJoint"><c>log p(x, h)</c> of the sample, nats, one per point.</param>
    /// <param name="logProposal"><c>log q(h | x)</c> of the sample, nats, one per point.</param>
    /// <exception cref="ArgumentException">Not one of each per point.</exception>
    public void Add(ReadOnlySpan<double> logJoint, ReadOnlySpan<double> logProposal)
    {
        if (logJoint.Length != logProposal.Length)
            throw new ArgumentException($"{logJoint.Length} joint and {logProposal.Length} proposal values", nameof(logProposal));
        double[] weights = new double[logJoint.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = logJoint[i] - logProposal[i];
        _weights.Add(weights);
    }

    /// <summary>The bound of each point, nats.</summary>
    public double[] PerPoint() => _weights.Result();

    /// <summary>Mean bound over the points, with its standard error over points.</summary>
    public PointMean Mean() => PointMean.Of(PerPoint());
}
