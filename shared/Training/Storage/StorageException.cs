namespace Replications.Training.Storage;

/// <summary>The disk refused: full, not writable, or broken. Names the file and the reason; whatever was whole before is whole still.</summary>
/// <param name="message">A full sentence.</param>
/// <param name="cause">What the operating system said.</param>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause)
{
    // errno values of Linux, which .NET hands on as the HResult of an IOException.
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <summary>Does a piece of work on the disk and names what it was doing when the disk refuses.</summary>
    /// <param name="what">The work in words, for example <c>writing run.json</c>.</param>
    /// <param name="folder">Where.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="StorageException">The disk refused.</exception>
    public static void Naming(string what, string folder, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{Reason(e)} while {what} in {folder} ({e.Message})", e);
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "no permission to write",
        { HResult: NoSpaceLeft } => "no space left on the disk",
        { HResult: QuotaExceeded } => "the disk quota is used up",
        { HResult: ReadOnlyFileSystem } => "the file system is read-only",
        _ => "the disk failed",
    };
}
