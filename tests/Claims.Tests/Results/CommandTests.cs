using System.Text.Json.Nodes;

namespace Replications.Claims.Tests.Results;

public sealed class CommandTests
{
    [Theory]
    [InlineData("1", "1", "1")]
    [InlineData("3", "1,2,3", "3")]
    [InlineData("2,5", "2,5", "2,5")]
    [InlineData("5,2,2", "2,5", "2,5")]
    [InlineData("4-6", "4,5,6", "4,5,6")]
    [InlineData("7-7", "7", "7-7")]
    [InlineData("1,2-3", "1,2,3", "3")]
    [InlineData("0,1", "0,1", "0,1")]
    [InlineData("9223372036854775807-9223372036854775807", "9223372036854775807", "9223372036854775807-9223372036854775807")]
    public void Seeds_are_how_many_a_list_or_a_range(string text, string seeds, string shortest)
    {
        IReadOnlyList<long> parsed = SeedList.Parse(text);
        Assert.Equal(seeds, string.Join(',', parsed));
        Assert.Equal(shortest, SeedList.Text(parsed));
        Assert.Equal(parsed, SeedList.Parse(shortest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("3-1")]
    [InlineData("1,,2")]
    [InlineData("1-2-3")]
    [InlineData("three")]
    [InlineData("1.5")]
    [InlineData("100000")]
    public void What_names_no_seeds_is_refused(string text) => Assert.Throws<FormatException>(() => SeedList.Parse(text));

    [Theory]
    [InlineData("0123abc", "0123abc", false)]
    [InlineData("0123abc+dirty", "0123abc", true)]
    public void A_version_of_the_source_is_read_as_it_is_written(string text, string commit, bool dirty)
    {
        SourceVersion version = SourceVersion.Parse(text);
        Assert.Equal((commit, dirty, text), (version.Commit, version.Dirty, version.Text));
    }

    [Fact]
    public void A_command_names_all_it_needs_and_quotes_what_a_shell_would_change() =>
        Assert.Equal(
            "./run-all.sh run --profile quick --only made/adult --seeds 2-2 --device cuda:0 --precision bfloat16 --set hidden=100 --set 'name=a b' --fresh",
            RerunCommand.For("quick", "made", "adult", [2], [Engine("cuda:0", Precisions.BFloat16)], new JsonObject { ["hidden"] = 100, ["name"] = "a b" }));

    [Fact]
    public void A_command_for_a_processor_names_the_threads_that_its_digits_depend_on() =>
        Assert.Equal(
            "./run-all.sh run --profile quick --only made/adult --seeds 3 --device cpu --threads 6 --fresh",
            RerunCommand.For("quick", "made", "adult", [1, 2, 3], [Engine("cpu", Precisions.Float32)]));

    private static EngineRecord Engine(string device, string precision) => new("Libtorch", "2.6.0", device, precision, 6, "");
}
