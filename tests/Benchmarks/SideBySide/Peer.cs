using System.Diagnostics;
using System.Globalization;

namespace Replications.Benchmarks.SideBySide;

/// <summary>The PyTorch script in a process of its own, which waits while our side computes.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="script">Path of <c>peer.py</c>.</param>
    public Peer(string python, string script)
    {
        ProcessStartInfo start = new(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start");
    }

    /// <summary>Version of its libtorch, without what a build adds behind a plus sign, and how many threads it computes with.</summary>
    public (string Version, int Threads) Engine()
    {
        string[] words = Ask("engine").Split(' ');
        return (words[0].Split('+')[0], int.Parse(words[1], CultureInfo.InvariantCulture));
    }

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
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"peer.py ended at '{request}'");
    }
}
