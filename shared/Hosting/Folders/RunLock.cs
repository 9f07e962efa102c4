using Replications.Claims;
using Replications.Training.Storage;

namespace Replications.Hosting.Folders;

/// <summary>The right to change a run folder: a lock of the operating system on its <c>lock</c> file, which ends with the process however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <returns>Null when another process, or another run of this one, holds it.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static RunLock? Take(RunFolder folder)
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
