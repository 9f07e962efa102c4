using System.Globalization;
using System.Text;
using Replications.Training.Storage;

namespace Replications.Hosting.Folders;

/// <summary>A run's <c>log.txt</c>: a line with its time for each thing worth saying, over all starts of the run.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _writer;
    private bool _broken;

    /// <summary>Opens the log for appending.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public RunLog(RunFolder folder)
    {
        StreamWriter? writer = null;
        StorageException.Naming("opening the log", folder.Path, () => writer = new StreamWriter(folder.Log, append: true, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" });
        _writer = writer!;
    }

    /// <summary>Writes a line. A log that cannot be written any more stops no run.</summary>
    public void Write(string message)
    {
        if (_broken)
            return;
        try
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {message}"));
        }
        catch (IOException)
        {
            _broken = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // Lines that no longer fit on the disk.
        }
    }
}
