using System.Globalization;

namespace Replications.Claims.Tests.Files;

public sealed class ClaimsFileTests : IDisposable
{
    private const string Good =
        "made/mnist-1x8000-1mask,mnist-1x8000-1mask,\"Germain et al., MADE\",Table 6,https://arxiv.org/abs/1502.03509,read,mnist-fixed,MADE 1hl,nll,test,selected,nats,lower,88.40,0.45,95 % over test points,0.5,default,exact,cpu,3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ru-RU")]
    public void A_good_row_is_read_whole_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Claim claim = Assert.Single(ClaimsFile.Read(Written(Good)));
            Assert.Equal(
                ("made/mnist-1x8000-1mask", "made", "Germain et al., MADE", 88.4, 0.45, 0.5, Direction.Lower, 3),
                (claim.Id, claim.Replication, claim.Paper, claim.Published, claim.Uncertainty, claim.Margin, claim.Direction, claim.Seeds));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("made/mnist-1x8000-1mask,", "MNIST,", "id", "replication/name")]
    [InlineData("made/mnist-1x8000-1mask,", "/x,", "id", "replication/name")]
    [InlineData(",mnist-1x8000-1mask,", ",One Mask,", "experiment", "lower case")]
    [InlineData("\"Germain et al., MADE\"", "", "paper", "empty")]
    [InlineData(",Table 6,", ",,", "table", "empty")]
    [InlineData(",https://arxiv.org/abs/1502.03509,", ",arXiv 1502.03509,", "source", "https://")]
    [InlineData(",https://arxiv.org/abs/1502.03509,", ",http://arxiv.org/abs/1502.03509,", "source", "https://")]
    [InlineData(",read,", ",,", "evidence", "read, quoted, unconfirmed, own")]
    [InlineData(",mnist-fixed,", ",,", "dataset", "empty")]
    [InlineData(",MADE 1hl,", ",,", "model", "empty")]
    [InlineData(",nll,", ",,", "metric", "empty")]
    [InlineData(",test,", ",testing,", "split", "train, valid, test")]
    [InlineData(",selected,", ",best,", "checkpoint", "last, selected")]
    [InlineData(",nats,", ",,", "unit", "empty")]
    [InlineData(",lower,", ",down,", "direction", "lower, higher")]
    [InlineData(",88.40,", ",\"88,40\",", "published", "finite number")]
    [InlineData(",88.40,", ",NaN,", "published", "finite number")]
    [InlineData(",88.40,", ",1e999,", "published", "finite number")]
    [InlineData(",0.45,", ",0,", "uncertainty", "above 0")]
    [InlineData(",0.45,", ",,", "uncertainty_kind", "nothing was expected")]
    [InlineData(",95 % over test points,", ",,", "uncertainty_kind", "what the uncertainty is over")]
    [InlineData(",0.5,", ",0,", "margin", "above 0")]
    [InlineData(",0.5,", ",-0.5,", "margin", "above 0")]
    [InlineData(",0.5,", ",,", "margin", "finite number")]
    [InlineData(",default,", ",,", "margin_reason", "empty")]
    [InlineData(",exact,", ",,", "protocol", "empty")]
    [InlineData(",cpu,", ",tpu,", "needs", "cpu, gpu")]
    [InlineData(",cpu,3", ",cpu,0", "seeds", "from 1 to 1000")]
    [InlineData(",cpu,3", ",cpu,2.5", "seeds", "from 1 to 1000")]
    public void A_bad_cell_is_named_by_file_line_and_column(string cell, string bad, string column, string expected)
    {
        string path = Written(Good.Replace("made/", "made/other-", StringComparison.Ordinal), Good.Replace(cell, bad, StringComparison.Ordinal));
        string message = Assert.Throws<InvalidDataException>(() => ClaimsFile.Read(path)).Message;
        Assert.StartsWith($"{path}:3, column {column}: ", message.Split('\n').First(l => l.Contains(column + ":", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_cell_is_told_at_once()
    {
        string path = Written(Good.Replace(",cpu,3", ",tpu,0", StringComparison.Ordinal));
        Assert.Equal(2, Assert.Throws<InvalidDataException>(() => ClaimsFile.Read(path)).Message.Split('\n').Length);
    }

    [Fact]
    public void An_id_twice_is_refused() =>
        Assert.Contains(":3, column id: 'made/mnist-1x8000-1mask' stands in line 2 already", Refusal(Good, Good), StringComparison.Ordinal);

    [Fact]
    public void A_row_too_short_is_refused() =>
        Assert.Contains(":2: 2 cells where 21 were expected", Refusal("made/x,y"), StringComparison.Ordinal);

    [Fact]
    public void A_row_after_a_line_break_inside_quotes_is_told_by_its_own_line() =>
        Assert.Contains(":4, column needs", Refusal(
            Good.Replace("\"Germain et al., MADE\"", "\"Germain\net al.\"", StringComparison.Ordinal),
            Good.Replace("made/", "made/other-", StringComparison.Ordinal).Replace(",cpu,", ",tpu,", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_quote_left_open_is_refused() => Assert.Contains("quot", Refusal(Good.Replace("MADE\"", "MADE", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Another_header_is_refused()
    {
        string path = _folder.File("claims.csv", "id,experiment,title\n");
        string message = Assert.Throws<InvalidDataException>(() => ClaimsFile.Read(path)).Message;
        Assert.Contains(":1: header column 3 is 'title', expected 'paper'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_files_are_read_and_ids_carry_their_folder()
    {
        string header = string.Join(',', ClaimsFile.Columns);
        _folder.File("replications/Made/claims.csv", $"{header}\n{Good}\n");
        _folder.File("replications/Empty/Program.cs", "");
        Assert.Equal("made/mnist-1x8000-1mask", Assert.Single(ClaimsFile.ReadAll(_folder.Path)).Id);

        // A header alone is a statement; nothing at all is forgotten.
        _folder.File("replications/Wgan/Wgan.csproj", "");
        Assert.Contains("no such file", Assert.Throws<InvalidDataException>(() => ClaimsFile.ReadAll(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.File("replications/Wgan/claims.csv", header + "\n");
        Assert.Single(ClaimsFile.ReadAll(_folder.Path));
        Assert.Equal(["Made", "Wgan"], ClaimsFile.Folders(_folder.Path).Select(f => Path.GetFileName(f)!));

        _folder.File("replications/Glow/claims.csv", $"{header}\n{Good}\n");
        Assert.Contains("begins with 'glow/'", Assert.Throws<InvalidDataException>(() => ClaimsFile.ReadAll(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private string Written(params string[] rows) =>
        _folder.File("claims.csv", string.Join(',', ClaimsFile.Columns) + "\n" + string.Join('\n', rows) + "\n");

    private string Refusal(params string[] rows) =>
        Assert.Throws<InvalidDataException>(() => ClaimsFile.Read(Written(rows))).Message;
}
