using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Replications.Hosting.Signals;

/// <summary>SIGTERM and SIGINT as a flag: the first asks the run to save and end, one more a second later or after that ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    // What a shell reports of a process that a signal ended: nothing was saved.
    private const int KilledBase = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    // systemd and Slurm signal every process of a job, and the suite among them hands its own signal on: these are one wish.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    // When the first came, in ticks of the stopwatch; 0 before.
    private long _first;

    public StopSignal() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
    ];

    /// <summary>Signalled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_registrations, r => r.Dispose());
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        // Nothing is saved here: handlers run beside the loop, which alone knows when its state is whole.
        context.Cancel = true;
        long now = Stopwatch.GetTimestamp(), first = Interlocked.CompareExchange(ref _first, now, 0);
        if (first == 0)
        {
            _source.Cancel();
            return;
        }

        if (Stopwatch.GetElapsedTime(first, now) < Echo)
            return;

        // Environment.Exit would run libtorch's destructors while its worker threads still compute: heap corruption and a core file.
        NativeMethods.ExitNow(KilledBase + (context.Signal == PosixSignal.SIGINT ? Interrupt : Terminate));
    }
}
