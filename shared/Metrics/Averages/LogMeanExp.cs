namespace Replications.Metrics.Averages;

/// <summary>
/// Running <c>log (1/K sum_k exp a_k)</c> for many points at once: averages over masks, orderings, importance samples or Parzen
/// centres, taken on joint log-probabilities, never on logits. Keeps the running maximum, so nothing over- or underflows, and sums in
/// float64 whatever the terms were computed in.
/// </summary>
/// <param name="points">Number of points.</param>
public sealed class LogMeanExp(int points)
{
    private readonly double[] _max = Filled(points);
    private readonly double[] _sum = new double[points];

    /// <summary>Terms added for each point.</summary>
    public long Terms { get; private set; }

    /// <summary>Adds one term per point.</summary>
    /// <param name="terms">Log terms, one per point; minus infinity is a term of zero.</param>
    /// <exception cref="ArgumentException">Not one term per point.</exception>
    public void Add(ReadOnlySpan<double> terms)
    {
        if (terms.Length != points)
            throw new ArgumentException($"{terms.Length} terms for {points} points", nameof(terms));
        for (int i = 0; i < points; i++)
            Add(i, terms[i]);
        Terms++;
    }

    /// <summary>The log-mean-exp of each point; NaN where a term was NaN.</summary>
    /// <exception cref="InvalidOperationException">No term was added.</exception>
    public double[] Result()
    {
        if (Terms == 0)
            throw new InvalidOperationException("a log-mean-exp of no terms");
        double[] result = new double[points];
        for (int i = 0; i < points; i++)
            result[i] = double.IsNaN(_sum[i]) || double.IsInfinity(_max[i]) ? _max[i] + _sum[i] : _max[i] + Math.Log(_sum[i] / Terms);
        return result;
    }

    /// <summary>The log-mean-exp of a few numbers.</summary>
    /// <param name="terms">Log terms, at least one.</param>
    public static double Of(ReadOnlySpan<double> terms)
    {
        var one = new LogMeanExp(1);
        foreach (double term in terms)
            one.Add([term]);
        return one.Result()[0];
    }

    private void Add(int i, double term)
    {
        if (double.IsNegativeInfinity(term))
            return;
        if (term > _max[i])
        {
            // exp(-inf) is 0, so the first term starts the sum at 1.
            _sum[i] = (_sum[i] * Math.Exp(_max[i] - term)) + 1;
            _max[i] = term;
        }
        else
        {
            // Infinities that are alike differ by nothing, not by NaN.
            _sum[i] += term == _max[i] ? 1 : Math.Exp(term - _max[i]);
        }
    }

    private static double[] Filled(int points)
    {
        double[] values = new double[points];
        Array.Fill(values, double.NegativeInfinity);
        return values;
    }
}
