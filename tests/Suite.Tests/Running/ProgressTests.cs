using Replications.Claims;
using Replications.Suite.Views;

namespace Replications.Suite.Tests.Running;

public sealed class ProgressTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Where_there_is_no_terminal_a_plain_line_comes_every_ten_seconds()
    {
        ProgressView view = View(terminal: false, width: 120);
        view.Begin("[1/2] made/adult seed 1", "new", after: 60);
        Advance(view, 9, 1);
        Assert.Equal("[1/2] made/adult seed 1: new\n", _error.ToString());
        Advance(view, 1, 2);
        Advance(view, 9, 3);
        Advance(view, 1, 4);
        Assert.Equal(
            "[1/2] made/adult seed 1: new\n"
            + "[1/2] made/adult seed 1: training 2/10 (20 %), loss 1.5, 30 s left; all runs: 1 min 30 s left\n"
            + "[1/2] made/adult seed 1: training 4/10 (40 %), loss 1.5, 30 s left; all runs: 1 min 30 s left\n",
            _error.ToString());
    }

    [Fact]
    public void On_a_terminal_one_line_is_rewritten_and_never_wraps()
    {
        ProgressView view = View(terminal: true, width: 40);
        view.Begin("[1/1] made/adult seed 1", "new", after: 0);
        Advance(view, 1, 2);
        view.Say("done");
        Assert.Equal(
            "[1/1] made/adult seed 1: new\n\r[1/1] made/adult seed 1: training 2/10 \u001b[K\r\u001b[Kdone\n", _error.ToString());
    }

    [Fact]
    public void Unknown_totals_and_times_are_left_out()
    {
        ProgressView view = View(terminal: false, width: 120);
        view.Begin("a", "new", after: null);
        _clock.Now += TimeSpan.FromSeconds(10);
        view.Advance(new ProgressLine("data", 7, 0, 0, 0, new Dictionary<string, double>(), null));
        Assert.EndsWith("\na: data 7\n", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(61, "1 min 01 s")]
    [InlineData(3599, "59 min 59 s")]
    [InlineData(100_000, "27 h 46 min")]
    public void Durations_have_two_units(double seconds, string expected) => Assert.Equal(expected, Time.Text(seconds));

    private ProgressView View(bool terminal, int width) => new(new Workplace
    {
        Root = "",
        Programs = "",
        Out = TextWriter.Null,
        Error = _error,
        ErrorIsTerminal = terminal,
        Width = width,
        Clock = _clock,
    });

    private void Advance(ProgressView view, double seconds, int done)
    {
        _clock.Now += TimeSpan.FromSeconds(seconds);
        view.Advance(new ProgressLine("training", done, 10, done, 0.1, new Dictionary<string, double> { ["loss"] = 1.5 }, 30));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
