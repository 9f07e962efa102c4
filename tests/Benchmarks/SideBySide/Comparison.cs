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

    /// <summary>Steps after which what they computed is compared: the same start, before rounding errors have grown into another path.</summary>
    private const int Alike = 20;

    /// <summary>Largest difference of the two, relative, at which both sides still do the same work.</summary>
    private const double LossTolerance = 0.02;

    /// <summary>Runs the rounds.</summary>
    /// <param name="row">The row.</param>
    /// <param name="peer">The other side.</param>
    /// <param name="messages">Takes a line on what was seen.</param>
    public static Reading Run(Row row, Peer peer, TextWriter messages)
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

        double[] our = new double[Rounds], their = new double[Rounds];
        using SharedProcessor? shared = row.OneThread ? new(peer.Process) : null;
        for (int round = 0; round < Rounds; round++)
        {
            shared?.Take(round);
            our[round] = Measure(ours, steps).Milliseconds;
            their[round] = peer.Run(steps).Milliseconds;
        }
        peer.End();

        // From the least to the greatest of seven is a 98 % interval of their median, whatever their distribution: 1 - 2 / 2^7.
        double[] ratios = [.. our.Zip(their, (o, t) => o / t)];
        Reading reading = new(row, Median(our), Median(their), ratios.Min(), ratios.Max(), alike);
        messages.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Name}: {Rounds} rounds of {steps} steps; ours {Spread(our)} ms, peer {Spread(their)} ms, ratio of a round {Spread(ratios)}{Missed(reading)}; after {Alike} steps: ours {ourLoss:G6}, peer {theirLoss:G6}{(alike ? "" : "  NOT THE SAME WORK")}"));
        return reading;
    }

    private static string Missed(Reading reading) =>
        reading.Ratio > reading.Row.Wanted ? string.Create(CultureInfo.InvariantCulture, $", MORE THAN THE {reading.Row.Wanted} THAT IS WANTED") : "";

    private static Round Measure(IRow row, int steps)
    {
        long begun = Stopwatch.GetTimestamp();
        double loss = row.Run(steps);
        return new(Stopwatch.GetElapsedTime(begun).TotalMilliseconds / steps, loss);
    }

    private static double Median(double[] values) => values.Order().ElementAt(Rounds / 2);

    private static string Spread(double[] values) => string.Create(CultureInfo.InvariantCulture, $"{values.Min():G4} to {values.Max():G4}");
}
