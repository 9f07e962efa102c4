using System.Diagnostics;
using System.Runtime.Versioning;

// Where the suite runs; elsewhere threads are held in another way.
[assembly: SupportedOSPlatform("linux")]

namespace Replications.Benchmarks.SideBySide;

/// <summary>
/// Holds the main threads of both sides on one processor, another one in each round. Left alone, each process stays on one of its own, and where
/// the other half of a core belongs to a neighbour on the machine, everything there takes half as long again, on that side alone.
/// </summary>
internal sealed class SharedProcessor : IDisposable
{
    private readonly (Process Process, nint Before)[] _sides;
    private readonly int[] _processors;

    /// <summary>Takes both sides as they are.</summary>
    /// <param name="peer">The other side's process.</param>
    public SharedProcessor(Process peer)
    {
        _sides = [.. new[] { Process.GetCurrentProcess(), peer }.Select(p => (p, p.ProcessorAffinity))];
        _processors = [.. Enumerable.Range(0, 8 * nint.Size).Where(i => _sides.All(s => (s.Before >> i & 1) != 0))];
    }

    /// <summary>Goes to a processor, in turns.</summary>
    /// <param name="round">Which round.</param>
    public void Take(int round)
    {
        if (_processors.Length > 0)
            Hold(_ => (nint)1 << _processors[round % _processors.Length]);
    }

    /// <summary>Both sides may run where they might before.</summary>
    public void Dispose() => Hold(before => before);

    private void Hold(Func<nint, nint> processors)
    {
        // A side that ended says so itself.
        foreach ((Process process, nint before) in _sides.Where(s => !s.Process.HasExited))
            process.ProcessorAffinity = processors(before);
    }
}
