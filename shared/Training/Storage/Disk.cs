using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Replications.Training.Storage;

/// <summary>
/// Every change a run makes to its folder goes through here, so that a test can make any of them fail. The base class is the
/// real disk; each method does one thing that either happens or does not.
/// </summary>
public class Disk
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <summary>The machine's own.</summary>
    public static Disk Real { get; } = new();

    /// <summary>Opens a file for writing, empty, unbuffered.</summary>
    /// <param name="path">Its path; the folder exists.</param>
    public virtual Stream Create(string path) =>
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Waits until what was written is on the disk.</summary>
    /// <param name="stream">A stream of <see cref="Create"/>.</param>
    public virtual void Sync(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    /// <summary>Waits until the names in a folder are on the disk: without it a rename may be lost with the power.</summary>
    /// <param name="folder">The folder.</param>
    public virtual void SyncFolder(string folder)
    {
        int descriptor = NativeMethods.Open(folder, ReadOnly | CloseOnExec);
        if (descriptor < 0)
            throw Failure(folder);
        int result = NativeMethods.Fsync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = NativeMethods.Close(descriptor);
        if (result != 0)
            throw Failure(folder, error);
    }

    /// <summary>Gives a file its final name in one step, replacing what had it.</summary>
    /// <param name="from">Temporary name.</param>
    /// <param name="to">Final name, in the same folder.</param>
    public virtual void RenameFile(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Gives a folder its final name in one step.</summary>
    /// <param name="from">Temporary name.</param>
    /// <param name="to">Final name; nothing has it.</param>
    public virtual void RenameFolder(string from, string to) => Directory.Move(from, to);

    /// <summary>Makes a folder and those above it.</summary>
    /// <param name="folder">The folder.</param>
    public virtual void MakeFolder(string folder) => Directory.CreateDirectory(folder);

    /// <summary>Removes a file.</summary>
    /// <param name="path">The file; nothing happens when it is not there.</param>
    public virtual void DeleteFile(string path) => File.Delete(path);

    /// <summary>Removes a folder with all it holds.</summary>
    /// <param name="folder">The folder.</param>
    public virtual void DeleteFolder(string folder) => Directory.Delete(folder, recursive: true);

    /// <summary>Bytes that can still be written beside a path.</summary>
    /// <param name="path">A path on the disk asked about.</param>
    public virtual long FreeBytes(string path) => new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;

    private static IOException Failure(string path, int? error = null)
    {
        int code = error ?? Marshal.GetLastPInvokeError();
        return new IOException($"{new Win32Exception(code).Message} : '{path}'", code);
    }
}
