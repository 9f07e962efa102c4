using Replications.Training.Seeds;

namespace Replications.Made;

/// <summary>
/// One assignment of degrees, and with it one set of masks (section 3.1, algorithm 1). Input d has degree m0(d), its place in the
/// ordering, 1..D. Hidden unit k of layer l has degree m_l(k), the number of inputs it may depend on at most. A weight from degree i to
/// degree j passes when i &lt;= j, and into an output when i &lt; m0(d).
/// </summary>
public sealed class Masks
{
    /// <summary>Takes degrees as they are.</summary>
    /// <param name="input">Place of each input, a permutation of 1..D.</param>
    /// <param name="hidden">Degrees of each hidden layer's units, 1..D-1.</param>
    /// <exception cref="ArgumentException">The degrees do not make an autoregressive model.</exception>
    public Masks(IReadOnlyList<int> input, IReadOnlyList<IReadOnlyList<int>> hidden)
    {
        if (!input.Order().SequenceEqual(Enumerable.Range(1, input.Count)))
            throw new ArgumentException("an ordering must be a permutation of 1..D", nameof(input));
        if (hidden.Any(layer => layer.Any(m => m < 1 || m >= input.Count)))
            throw new ArgumentException("the degree of a hidden unit must lie in 1..D-1", nameof(hidden));
        Input = input;
        Hidden = hidden;
    }

    /// <summary>m0: place of each input in the ordering, a permutation of 1..D.</summary>
    public IReadOnlyList<int> Input { get; }

    /// <summary>True when the network has this mask alone, as in the fixed-mask rows of the tables.</summary>
    public bool Fixed { get; init; }

    /// <summary>m1, m2, ...: degrees of each hidden layer's units, 1..D-1.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Hidden { get; }

    /// <summary>
    /// Mask number <paramref name="index"/> of a run: ordering and degrees are a pure function of (seed, index), so the cycle restarts by
    /// counting from 0 again. The official code (MADE/mask_generator.py, trainMADE.py) restarts its generator from a stored seed to the same end.
    /// The first ordering is random already, so that the natural order gives no edge.
    /// </summary>
    /// <param name="inputs">D, at least 2.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="index">Number of the mask; negative numbers are the masks that are kept for evaluation alone.</param>
    /// <param name="isFixed">The network will have this mask alone.</param>
    public static Masks Sample(int inputs, IReadOnlyList<int> hidden, long seed, long index, bool isFixed = false)
    {
        var random = new Random((int)(SeedSequence.Derive(seed, index, Purpose.Create) & int.MaxValue));
        int[] ordering = [.. Enumerable.Range(1, inputs)];
        random.Shuffle(ordering);
        return WithOrdering(ordering, hidden, random, isFixed);
    }

    /// <summary>Masks for an ordering that is asked for, as in imputation: observed inputs first.</summary>
    /// <param name="ordering">Place of each input, a permutation of 1..D.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="random">Draws the hidden degrees.</param>
    /// <param name="isFixed">The network will have this mask alone.</param>
    public static Masks WithOrdering(IReadOnlyList<int> ordering, IReadOnlyList<int> hidden, Random random, bool isFixed = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ordering.Count, 2);
        // Uniform between the smallest degree of the layer below and D - 1 (section 3.2, equation 13; mask_generator.py with
        // mask_distribution 0), so that no unit is cut off from all inputs.
        int smallest = 1;
        int[][] degrees = new int[hidden.Count][];
        for (int l = 0; l < hidden.Count; l++)
        {
            int least = smallest;
            degrees[l] = [.. Enumerable.Range(0, hidden[l]).Select(_ => random.Next(least, ordering.Count))];
            smallest = degrees[l].Min();
        }

        return new Masks([.. ordering], degrees) { Fixed = isFixed };
    }
}
