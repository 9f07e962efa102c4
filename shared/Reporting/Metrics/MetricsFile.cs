using System.Globalization;
using System.Text;
using Replications.Reporting.Csv;

namespace Replications.Reporting.Metrics;

/// <summary>
/// A run's <c>metrics.csv</c>. It only grows; each append is one write, so a killed run leaves at most one torn last line, which
/// reading leaves out. A resumed run cuts it back to the length its checkpoint remembers, so that no number stands in it twice.
/// </summary>
public sealed class MetricsFile : IDisposable
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "metrics.csv";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly FileStream _stream;

    private MetricsFile(FileStream stream) => _stream = stream;

    /// <summary>Length in bytes: what a checkpoint remembers and <see cref="Open"/> cuts back to.</summary>
    public long Length => _stream.Length;

    /// <summary>Opens the file for appending.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="keepBytes">Bytes of it that stand; the rest is cut off. 0 begins anew.</param>
    /// <exception cref="InvalidDataException">The file is shorter than what is to be kept, or the cut is not at a line's end.</exception>
    public static MetricsFile Open(string path, long keepBytes)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Cut(stream, path, keepBytes);
            var file = new MetricsFile(stream);
            if (keepBytes == 0)
                file.Write(CsvText.Header<MetricRow>());
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Appends rows in one write and hands them to the operating system, so that they outlive this process.</summary>
    /// <param name="rows">The rows, in order; none writes nothing.</param>
    public void Append(IEnumerable<MetricRow> rows) => Write(CsvText.Rows(rows));

    /// <summary>Waits until everything appended is on the disk. A checkpoint calls it before it remembers <see cref="Length"/>.</summary>
    public void Sync() => _stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Reads a file, also one that is being written.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its whole rows, in order.</returns>
    /// <exception cref="InvalidDataException">A row is not of this form; the message names file and line.</exception>
    public static IReadOnlyList<MetricRow> Read(string path)
    {
        string text = ReadShared(path);
        text = text[..(text.LastIndexOf('\n') + 1)];
        return text.Length == 0 ? [] : CsvText.Parse<MetricRow>(text, path);
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Utf8);
        return reader.ReadToEnd();
    }

    private static void Cut(FileStream stream, string path, long keepBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keepBytes);
        if (stream.Length < keepBytes)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path} has {stream.Length} bytes, but the checkpoint counts {keepBytes}: it was cut or replaced since"));
        if (keepBytes > 0)
        {
            stream.Position = keepBytes - 1;
            if (stream.ReadByte() != '\n')
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path} has no line end at byte {keepBytes}, where the checkpoint counts one: it was changed since"));
        }

        stream.SetLength(keepBytes);
        stream.Position = keepBytes;
    }

    private void Write(byte[] text)
    {
        _stream.Write(text);
        _stream.Flush();
    }
}
