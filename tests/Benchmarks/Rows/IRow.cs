namespace Replications.Benchmarks.Rows;

/// <summary>One thing measured on both sides: a row of the table, and a function of the same name in <c>peer.py</c>.</summary>
internal interface IRow : IDisposable
{
    /// <summary>Makes steps on our side.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The loss after the last, which the peer's must resemble.</returns>
    double Run(int count);
}
