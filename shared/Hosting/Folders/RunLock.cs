using Replications.Claims;
using Replications.Training.Storage;

namespace Replications.Hosting.Folders;

/// <summary>The right to change a run folder: a lock of the operating system on its <c>lock</c> file, which ends with the process however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    private const int Attempts = 5;
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, asking again for a moment: who only looks whether a run is under way holds it as long as that takes.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="wait">What is done before it asks again; null for 50 milliseconds of nothing.</param>
    /// <returns>Null when another process, or another run of this one, holds it.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static RunLock? Take(RunFolder folder, Action? wait = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            RunLock? held = TryTake(folder);
            if (held is not null || attempt == Attempts)
                return held;
            (wait ?? Pause)();
        }
    }

    /// <summary>The message for whoever cannot take it.</summary>
    /// <param name="folder">The run folder.</param>
    public static string Refusal(RunFolder folder) => $"{folder.Path} is held by another process, which makes or draws this run";

    private static void Pause() => Thread.Sleep(50);

    private static RunLock? TryTake(RunFolder folder)
    {
        string path = folder.File(ResultsTree.LockName);
        FileStream? file = null;
        StorageException.Naming("taking the lock", folder.Path, () =>
        {
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == WouldBlock || e.HResult == SharingViolation)
            {
                file = null;
            }
        });
        return file is null ? null : new RunLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK of Linux, and what .NET calls the same thing elsewhere.
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);
}
