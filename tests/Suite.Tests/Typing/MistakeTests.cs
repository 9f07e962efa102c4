using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Replications.Claims;

namespace Replications.Suite.Tests.Typing;

public sealed class MistakeTests
{
    [Theory]
    [InlineData("rnu", "there is no verb 'rnu'; did you mean 'run'?")]
    [InlineData("run --profil quick", "there is no option '--profil'; did you mean '--profile'?")]
    [InlineData("--seed 3", "there is no option '--seed'; did you mean '--seeds'?")]
    [InlineData("--profile qiuck", "there is no profile 'qiuck'; did you mean 'quick'?")]
    [InlineData("--only fakr", "did you mean 'fake'?")]
    [InlineData("--only fake/god", "did you mean 'fake/good'?")]
    [InlineData("--only zzzzzzzz", "'list' shows them")]
    [InlineData("--only ,", "without --only everything is picked")]
    [InlineData("--only fake/large", "fake/large has no quick profile; it has: paper")]
    [InlineData("--only fake/good --set hidenUnits=3", "did you mean 'hiddenUnits'?")]
    [InlineData("--only fake/good --set hiddenUnits=many", "--set 'hiddenUnits=many': fake/good has 500 there, so a number was expected")]
    [InlineData("--set hidden", "name=value was expected")]
    [InlineData("--only fake/exact --set hidden=1", "fake/exact has no constants; --only picks the experiments that have 'hidden'")]
    [InlineData("--seeds none", "'none' names no seeds")]
    [InlineData("--device gpu", "there is no device 'gpu'")]
    [InlineData("--precision float16", "there is no precision 'float16'; did you mean 'bfloat16'?")]
    [InlineData("--budget soon", "a time such as 90m")]
    [InlineData("--budget 9999999999h", "a time such as 90m")]
    [InlineData("--data-mirror /nowhere/at/all", "no such folder")]
    [InlineData("--profile", "--profile")]
    [InlineData("run --threads 0", "--threads 0: 1 or larger was expected")]
    [InlineData("run extra", "'run' takes no such argument")]
    [InlineData("compare /nowhere/a /nowhere/b", "no such results folder")]
    public void A_wrong_word_is_answered_with_the_right_one_and_exit_code_2(string line, string expected)
    {
        using Bench bench = new();
        Assert.Equal(ExitCode.Usage, bench.Invoke(line.Split(' ')));
        Assert.Contains(expected, bench.Error, StringComparison.Ordinal);
        Assert.Empty(bench.Out);
        Assert.False(Directory.Exists(bench.Results));
    }

    [Fact]
    public void A_variable_that_is_not_set_names_no_folder_and_picks_nothing()
    {
        using Bench bench = new();
        Assert.Equal(ExitCode.Usage, bench.Invoke("plan", "--only", ""));
        Assert.Equal(ExitCode.Usage, bench.Invoke("plan", "--results", ""));
    }

    [Theory]
    [InlineData("REPLICATIONS_DEVICE", "gpu", "REPLICATIONS_DEVICE: there is no device 'gpu'")]
    [InlineData("REPLICATIONS_DATA_MIRROR", "/nowhere/at/all", "REPLICATIONS_DATA_MIRROR '/nowhere/at/all': no such folder")]
    public void A_wrong_variable_is_named_and_an_option_goes_before_it(string name, string value, string expected)
    {
        using Bench bench = new();
        bench.Environment[name] = value;
        Assert.Equal(ExitCode.Usage, bench.Invoke("plan"));
        Assert.Contains(expected, bench.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, bench.Invoke("plan", "--device", "cpu", "--data-mirror", bench.Root));
    }

    [Fact]
    public void Help_is_as_approved()
    {
        using Bench bench = new();
        StringBuilder help = new();
        foreach (string verb in new[] { "", "run ", "list ", "plan ", "status ", "verify ", "compare ", "report ", "doctor " })
        {
            Assert.Equal(ExitCode.Success, bench.Invoke([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]));
            help.Append("$ ./run-all.sh ").Append(verb).AppendLine("--help").AppendLine(bench.Out.Trim()).AppendLine();
        }

        ApprovedText.Check("help.txt", string.Join('\n', help.ToString().Split('\n').Select(l => l.TrimEnd())));
    }

    [Fact]
    public void Exit_codes_are_what_the_help_says()
    {
        using Bench bench = new();
        bench.Invoke("--help");
        string codes = bench.Out[bench.Out.IndexOf("Exit", StringComparison.Ordinal)..bench.Out.IndexOf("Usage:", StringComparison.Ordinal)];
        Assert.Equal(
            [ExitCode.Success, ExitCode.Failure, ExitCode.Usage, ExitCode.Setup, ExitCode.Interrupted],
            Regex.Matches(codes, "[0-9]+").Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)));
        // Of a replication's own program; README has them.
        Assert.Equal((4, 5), (ExitCode.Diverged, ExitCode.Locked));
    }
}
