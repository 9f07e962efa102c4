namespace Replications.Claims.Tests.Results;

public sealed class LearningTableTests : IDisposable
{
    private static readonly LearningRow Row = new("pixelcnn", "mnist-gated", "2x8", 40, 2, "bfloat16", 206.98736128807067, 257.12, 0.5, "measured: \"0.1\", twice");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        LearningRow[] rows = [Row, Row with { Seed = 3 }, Row with { Precision = "float32", Tolerance = 1e-5 }, Row with { Seed = 4, Mistake = null }];
        Assert.Equal(rows, LearningTable.Read(_folder.File("learning.csv", LearningTable.Text(rows))));
    }

    [Fact]
    public void A_row_twice_is_refused() =>
        Assert.Contains("seed 2 in bfloat16 stands in the table already", Refusal(Row, Row with { Loss = 1 }), StringComparison.Ordinal);

    [Fact]
    public void A_bad_cell_is_refused()
    {
        Assert.Contains("column precision", Refusal(Row with { Precision = "half" }), StringComparison.Ordinal);
        Assert.Contains("column tolerance", Refusal(Row with { Tolerance = -1 }), StringComparison.Ordinal);
        Assert.Contains("column reason", Refusal(Row with { Reason = "" }), StringComparison.Ordinal);
        Assert.Contains("column loss", Refusal(Row with { Loss = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("column mistake", Refusal(Row with { Mistake = double.NaN }), StringComparison.Ordinal);
    }

    private string Refusal(params LearningRow[] rows) =>
        Assert.Throws<InvalidDataException>(() => LearningTable.Read(_folder.File("learning.csv", LearningTable.Text(rows)))).Message;
}
