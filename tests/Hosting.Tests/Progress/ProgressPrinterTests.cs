using Replications.Claims;
using Replications.Hosting.Progress;
using Replications.Training.Loop;
using Replications.Training.Subjects;

namespace Replications.Hosting.Tests.Progress;

public class ProgressPrinterTests
{
    [Fact]
    public void A_parent_process_gets_lines_it_can_parse()
    {
        using var output = new StringWriter();
        var printer = new ProgressPrinter(output, terminal: false, ProgressLine.Json);
        printer.Show(Phase.Training, 3, 10, 3, 0.5, new Scalars { ["loss"] = 1.25 });
        printer.Show(Phase.Measuring, 0, 7, 10, 2, null);
        printer.Say("a sentence");
        string[] lines = output.ToString().Split(Environment.NewLine);
        Assert.True(ProgressLine.TryParse(lines[0], out ProgressLine? training));
        Assert.Equal(("training", 3L, 10L, 3L, 0.5), (training.Phase, training.Done, training.Total, training.Step, training.Epoch));
        Assert.Equal(1.25, training.Scalars["loss"]);
        Assert.True(ProgressLine.TryParse(lines[1], out ProgressLine? measuring));
        Assert.Equal("measuring", measuring.Phase);
        Assert.False(ProgressLine.TryParse(lines[2], out _));
    }

    [Fact]
    public void A_file_gets_few_plain_lines_and_no_control_characters()
    {
        using var output = new StringWriter();
        var printer = new ProgressPrinter(output, terminal: false, null);
        for (int step = 1; step <= 1000; step++)
            printer.Show(Phase.Training, step, 1000, step, step / 100.0, new Scalars { ["loss"] = 0.123456 });
        string text = output.ToString();
        Assert.Single(text.TrimEnd().Split(Environment.NewLine));
        Assert.StartsWith("training 1/1000", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n' and not '\r');
    }

    [Fact]
    public void A_terminal_gets_one_line_that_is_ended_before_a_sentence()
    {
        using var output = new StringWriter();
        var printer = new ProgressPrinter(output, terminal: true, null);
        printer.Show(Phase.Training, 1, 10, 1, 0.1, null);
        Assert.StartsWith("\r", output.ToString(), StringComparison.Ordinal);
        printer.Say("a sentence");
        Assert.EndsWith($"{Environment.NewLine}a sentence{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
    }
}
