namespace Replications.Reporting.Tests.Text;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(88.314, 0.45, "88.31")]
    [InlineData(8.0004, 0.075, "8.000")]
    [InlineData(4.6414, 0.03, "4.641")]
    [InlineData(277.284, 2.77, "277.28")]
    [InlineData(-12.75, 100, "−12.75")]
    [InlineData(1.23456789, 0, "1.2346")]
    public void A_measured_value_has_the_digits_its_margin_makes_meaningful(double value, double margin, string text) =>
        Assert.Equal(text, Numbers.Measured(value, margin));

    [Theory]
    [InlineData(88.4, "88.40")]
    [InlineData(8, "8.00")]
    [InlineData(-12.7551, "−12.7551")]
    [InlineData(0.03, "0.03")]
    public void A_published_value_keeps_its_digits(double value, string text) => Assert.Equal(text, Numbers.Published(value));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(3599.6, "1 h 0 min")]
    [InlineData(90061, "1 d 1 h")]
    [InlineData(double.NaN, "unknown")]
    public void A_duration_has_the_units_that_matter(double seconds, string text) => Assert.Equal(text, Numbers.Duration(seconds));

    [Theory]
    [InlineData(2048, "2 KiB")]
    [InlineData(1572864, "2 MiB")]
    [InlineData(3L << 29, "1.5 GiB")]
    public void Bytes_have_binary_units(long bytes, string text) => Assert.Equal(text, Numbers.Bytes(bytes));

    [Theory]
    [InlineData("needs 3 seeds", "Needs 3 seeds.")]
    [InlineData("made/adult has none", "made/adult has none.")]
    [InlineData("Done.", "Done.")]
    [InlineData(" ", "")]
    public void A_clause_becomes_a_sentence(string clause, string sentence) => Assert.Equal(sentence, Words.Sentence(clause));
}
