using System.Runtime.InteropServices;

namespace Replications.Hosting.Signals;

/// <summary>SIGTERM and SIGINT as a flag: the first asks the run to save and end, the second ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    // What a shell reports of a process that a signal ended: nothing was saved.
    private const int KilledBase = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

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
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _source.Cancel();
            return;
        }
        // Environment.Exit would run libtorch's destructors while its worker threads still compute: heap corruption and a core file.
        NativeMethods.ExitNow(KilledBase + (context.Signal == PosixSignal.SIGINT ? Interrupt : Terminate));
    }
}
