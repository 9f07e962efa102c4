using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Replications.Benchmarks.SideBySide;

/// <summary>The PyTorch script in a process of its own, which waits while our side computes.</summary>
internal sealed class Peer : IDisposable
{
    /// <summary>Starts it.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="script">Path of <c>peer.py</c>.</param>
    public Peer(string python, string script)
    {
        ProcessStartInfo start = new(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start");
    }

    /// <summary>Its process.</summary>
    public Process Process { get; }

    /// <summary>Version of its libtorch and how many threads it computes with.</summary>
    public (string Version, int Threads) Engine()
    {
        string[] words = Ask("engine").Split(' ');
        return (Numbers(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A version without what Python adds to it: <c>1.13.0a0+git...</c> is <c>1.13.0</c>.</summary>
    public static string Numbers(string version) => Regex.Match(version, @"^[0-9]+(\.[0-9]+)*").Value;

    /// <summary>Builds a row.</summary>
    public void Start(string name) => Ask($"start {name}");

    /// <summary>Forgets the row.</summary>
    public void End() => Ask("end");

    /// <summary>Makes steps.</summary>
    /// <returns>Milliseconds of one step, and the loss after the last.</returns>
    public Round Run(int steps)
    {
        string[] words = Ask(string.Create(CultureInfo.InvariantCulture, $"run {steps}")).Split(' ');
        return new(double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Process.StandardInput.Close();
        Process.WaitForExit();
        Process.Dispose();
    }

    private string Ask(string request)
    {
        Process.StandardInput.WriteLine(request);
        Process.StandardInput.Flush();
        return Process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"peer.py ended at '{request}'");
    }
}
