using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Replications.Suite.Runs;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP: the first is handed on to the run under way as SIGTERM, and the suite waits for it to save; the
/// second kills it.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    private const int Terminate = 15;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private Process? _child;
    private int _signals;

    /// <summary>True once a signal has come.</summary>
    public bool Requested => Volatile.Read(ref _signals) > 0;

    /// <summary>Begins to listen to this process's signals.</summary>
    public static Interruption Listen()
    {
        Interruption interruption = new();
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            interruption._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interruption.Signal();
            }));
        }

        return interruption;
    }

    /// <summary>A signal has come.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            _signals++;
            Tell();
        }
    }

    /// <summary>Hands signals on to a child from now on.</summary>
    public void Attach(Process child)
    {
        lock (_lock)
        {
            _child = child;
            if (_signals > 0)
            {
                Tell();
            }
        }
    }

    /// <summary>The child has ended.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _child = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void Tell()
    {
        if (_child is null or { HasExited: true })
        {
            return;
        }

        if (_signals > 1)
        {
            _child.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Kill(_child.Id, Terminate);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
