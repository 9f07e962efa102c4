using System.Diagnostics;
using System.Globalization;
using Replications.Benchmarks.Rows;
using TorchSharp;

namespace Replications.Benchmarks.SideBySide;

/// <summary>Measures a row on both sides in alternation, so that whatever else the machine does falls on both alike.</summary>
internal static class Comparison
{
    private const int Rounds = 7;

    /// <summary>Largest difference of the two losses, relative, at which both sides still do the same work.</summary>
    private const double LossTolerance = 0.02;

    /// <summary>Runs one round unmeasured, then the others, and writes the medians as a row of CSV.</summary>
    /// <returns>False when the two losses do not resemble each other.</returns>
    public static bool Run(Row row, Peer peer, TextWriter output, TextWriter messages)
    {
        peer.Start(row.Name);
        torch.manual_seed(1);
        using IRow ours = row.Make();
        List<Round> our = [], their = [];
        for (int round = 0; round <= Rounds; round++)
        {
            our.Add(Measure(ours, row.Steps));
            their.Add(peer.Run(row.Steps));
        }
        peer.End();
        double a = Median(our), b = Median(their);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name},{a:G4},{b:G4},{a / b:F3}"));
        output.Flush();

        double difference = Math.Abs(our[^1].Loss - their[^1].Loss) / Math.Max(Math.Abs(their[^1].Loss), 1e-12);
        bool alike = difference <= LossTolerance;
        messages.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Name}: {Rounds} rounds of {row.Steps} steps; ours {Spread(our)} ms, peer {Spread(their)} ms; loss after {(Rounds + 1) * row.Steps} steps: ours {our[^1].Loss:G6}, peer {their[^1].Loss:G6}{(alike ? "" : "  NOT THE SAME WORK")}"));
        return alike;
    }

    private static Round Measure(IRow row, int steps)
    {
        long begun = Stopwatch.GetTimestamp();
        double loss = row.Run(steps);
        return new(Stopwatch.GetElapsedTime(begun).TotalMilliseconds / steps, loss);
    }

    // The first round warms up: code is compiled, caches are filled.
    private static double[] Sorted(List<Round> rounds) => [.. rounds.Skip(1).Select(r => r.Milliseconds).Order()];

    private static double Median(List<Round> rounds) => Sorted(rounds)[Rounds / 2];

    private static string Spread(List<Round> rounds)
    {
        double[] sorted = Sorted(rounds);
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[0]:G4} to {sorted[^1]:G4}");
    }
}
