using System.Globalization;
using Replications.Claims;

namespace Replications.Suite.Views;

/// <summary>Shows how runs get on: one line rewritten in place on a terminal, else one plain line every ten seconds.</summary>
/// <param name="workplace">Whom to tell.</param>
internal sealed class ProgressView(Workplace workplace)
{
    private static readonly TimeSpan PlainPace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LivePace = TimeSpan.FromSeconds(0.2);

    private readonly Lock _lock = new();
    private string _name = "";
    private double? _after;
    private long _shown;
    private bool _lineIsOpen;

    /// <summary>A run begins.</summary>
    /// <param name="name">The run, with its number.</param>
    /// <param name="reason">Why it is made.</param>
    /// <param name="after">Measured seconds of the runs after it; null where one was never measured.</param>
    public void Begin(string name, string reason, double? after)
    {
        lock (_lock)
        {
            (_name, _after, _shown) = (name, after, workplace.Clock.GetTimestamp());
            Write($"{name}: {reason}");
        }
    }

    /// <summary>The run got on.</summary>
    public void Advance(ProgressLine report)
    {
        lock (_lock)
        {
            if (workplace.Clock.GetElapsedTime(_shown) < (workplace.ErrorIsTerminal ? LivePace : PlainPace))
            {
                return;
            }

            _shown = workplace.Clock.GetTimestamp();
            string whole = report.EtaSeconds is { } eta && _after is > 0 and { } after ? $"; all runs: {Time.Text(eta + after)} left" : "";
            string line = $"{_name}: {Text(report)}{whole}";
            if (!workplace.ErrorIsTerminal)
            {
                Write(line);
                return;
            }

            string cut = line.Length < workplace.Width ? line : line[..(workplace.Width - 1)];
            workplace.Error.Write($"\r{cut}\u001b[K");
            workplace.Error.Flush();
            _lineIsOpen = true;
        }
    }

    /// <summary>Says something in a line of its own.</summary>
    public void Say(string message)
    {
        lock (_lock)
        {
            Write(message);
        }
    }

    private static string Text(ProgressLine report)
    {
        string share = report.Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $" {report.Done}/{report.Total} ({100 * report.Done / report.Total} %)")
            : string.Create(CultureInfo.InvariantCulture, $" {report.Done}");
        string scalars = string.Concat((report.Scalars ?? new Dictionary<string, double>())
            .Select(s => string.Create(CultureInfo.InvariantCulture, $", {s.Key} {s.Value:G5}")));
        string eta = report.EtaSeconds is { } seconds ? $", {Time.Text(seconds)} left" : "";
        string epoch = report.Total == 0 && report.Epoch > 0 ? string.Create(CultureInfo.InvariantCulture, $", epoch {report.Epoch:F1}") : "";
        return report.Phase + share + epoch + scalars + eta;
    }

    private void Write(string line)
    {
        if (_lineIsOpen)
        {
            workplace.Error.Write("\r\u001b[K");
            _lineIsOpen = false;
        }

        workplace.Error.WriteLine(line);
        workplace.Error.Flush();
    }
}
