using System.Diagnostics;
using System.Globalization;
using Replications.Claims;
using Replications.Training.Loop;
using Replications.Training.Subjects;

namespace Replications.Hosting.Progress;

/// <summary>
/// Says how far a run is: machine-readable lines for a parent process, one rewritten line on a terminal, a plain line every
/// ten seconds elsewhere.
/// </summary>
internal sealed class ProgressPrinter
{
    private readonly TextWriter _output;
    private readonly Form _form;
    private readonly TimeSpan _interval;
    private Phase? _phase;
    private long _phaseBegan;
    private long _phaseDone;
    private long _shown;
    private bool _lineOpen;

    public ProgressPrinter(TextWriter output, bool terminal, string? wanted)
    {
        _output = output;
        _form = wanted == ProgressLine.Json ? Form.Json : terminal ? Form.Rewritten : Form.Lines;
        _interval = _form switch
        {
            Form.Json => TimeSpan.FromMilliseconds(500),
            Form.Rewritten => TimeSpan.FromMilliseconds(200),
            _ => TimeSpan.FromSeconds(10),
        };
    }

    private enum Form
    {
        Json,
        Rewritten,
        Lines,
    }

    /// <summary>A printer on this process's standard output.</summary>
    public static ProgressPrinter Console() =>
        new(System.Console.Out, !System.Console.IsOutputRedirected, Environment.GetEnvironmentVariable(ProgressLine.Variable));

    /// <summary>Says how far the work is, when it is time to.</summary>
    public void Show(Phase phase, long done, long total, long step, double epoch, Scalars? scalars)
    {
        if (phase != _phase || done < _phaseDone)
        {
            _phase = phase;
            _phaseBegan = Stopwatch.GetTimestamp();
            _phaseDone = done;
        }
        else if (Stopwatch.GetElapsedTime(_shown) < _interval)
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        var line = new ProgressLine(
            phase.ToString().ToLowerInvariant(), done, total, step, epoch,
            new Dictionary<string, double>(scalars ?? []), Eta(done, total));
        Print(line);
    }

    /// <summary>Prints a sentence on a line of its own.</summary>
    public void Say(string message)
    {
        Close();
        _output.WriteLine(message);
    }

    /// <summary>Ends a line that was being rewritten.</summary>
    public void Close()
    {
        if (_lineOpen)
            _output.WriteLine();
        _lineOpen = false;
    }

    private double? Eta(long done, long total)
    {
        double pace = (done - _phaseDone) / Stopwatch.GetElapsedTime(_phaseBegan).TotalSeconds;
        return pace > 0 && total >= done ? Math.Round((total - done) / pace, 1) : null;
    }

    private void Print(ProgressLine line)
    {
        switch (_form)
        {
            case Form.Json:
                _output.WriteLine(line.Text());
                break;
            case Form.Rewritten:
                _output.Write($"\r{Words(line)}\u001b[K");
                _lineOpen = true;
                break;
            default:
                _output.WriteLine(Words(line));
                break;
        }
    }

    private static string Words(ProgressLine line)
    {
        string words = string.Create(CultureInfo.InvariantCulture, $"{line.Phase} {line.Done}{(line.Total > 0 ? $"/{line.Total}" : "")}");
        if (line.Epoch > 0)
            words += string.Create(CultureInfo.InvariantCulture, $", epoch {line.Epoch:F1}");
        foreach ((string name, double value) in line.Scalars)
            words += string.Create(CultureInfo.InvariantCulture, $", {name} {value:G5}");
        return line.EtaSeconds is { } eta
            ? words + string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Min(eta, 8e6)):d\\.hh\\:mm\\:ss} left").Replace(" 0.", " ", StringComparison.Ordinal)
            : words;
    }
}
