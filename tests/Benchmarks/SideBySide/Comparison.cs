using System.Diagnostics;
using System.Globalization;
using Replications.Benchmarks.Rows;
using TorchSharp;

namespace Replications.Benchmarks.SideBySide;

/// <summary>Measures a row on both sides in alternation, so that whatever else the machine does falls on both alike.</summary>
internal static class Comparison
{
    private const int Rounds = 7;
    private const double RoundMilliseconds = 1000;

    /// <summary>Steps after which the losses are compared: the same start, before rounding errors have grown into another path.</summary>
    private const int Alike = 20;

    /// <summary>Largest difference of the two losses, relative, at which both sides still do the same work.</summary>
    private const double LossTolerance = 0.02;

    /// <summary>Runs the rounds and writes the medians as a row of CSV.</summary>
    /// <returns>False when the two losses do not resemble each other.</returns>
    public static bool Run(Row row, Peer peer, TextWriter output, TextWriter messages)
    {
        peer.Start(row.Name);
        torch.manual_seed(1);
        using IRow ours = row.Make();

        double ourLoss = ours.Run(Alike), theirLoss = peer.Run(Alike).Loss;
        bool alike = Math.Abs(ourLoss - theirLoss) <= LossTolerance * Math.Abs(theirLoss);

        // Unmeasured steps warm both sides up: code is compiled, caches are filled. The last of them tell how many make a round.
        int steps = 1;
        double spent;
        do
        {
            steps *= 2;
            spent = Math.Max(Measure(ours, steps).Milliseconds, peer.Run(steps).Milliseconds) * steps;
        }
        while (spent < RoundMilliseconds / 4);
        steps = Math.Max((int)(steps * RoundMilliseconds / spent), 1);

        List<Round> our = [], their = [];
        for (int round = 0; round < Rounds; round++)
        {
            our.Add(Measure(ours, steps));
            their.Add(peer.Run(steps));
        }
        peer.End();
        double a = Median(our), b = Median(their);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name},{a:G4},{b:G4},{a / b:F3}"));
        output.Flush();

        messages.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Name}: {Rounds} rounds of {steps} steps; ours {Spread(our)} ms, peer {Spread(their)} ms; loss after {Alike} steps: ours {ourLoss:G6}, peer {theirLoss:G6}{(alike ? "" : "  NOT THE SAME WORK")}"));
        return alike;
    }

    private static Round Measure(IRow row, int steps)
    {
        long begun = Stopwatch.GetTimestamp();
        double loss = row.Run(steps);
        return new(Stopwatch.GetElapsedTime(begun).TotalMilliseconds / steps, loss);
    }

    private static double[] Sorted(List<Round> rounds) => [.. rounds.Select(r => r.Milliseconds).Order()];

    private static double Median(List<Round> rounds) => Sorted(rounds)[Rounds / 2];

    private static string Spread(List<Round> rounds)
    {
        double[] sorted = Sorted(rounds);
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[0]:G4} to {sorted[^1]:G4}");
    }
}
