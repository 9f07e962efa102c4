using System.Text.RegularExpressions;
using Replications.Claims.Csv;

namespace Replications.Claims;

/// <summary>Reads <c>claims.csv</c>: one published number per row.</summary>
public static partial class ClaimsFile
{
    /// <summary>The file's name in a replication's folder.</summary>
    public const string Name = "claims.csv";

    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "experiment", "paper", "table", "source", "evidence", "dataset", "model", "metric", "split", "checkpoint", "unit", "direction",
        "published", "uncertainty", "uncertainty_kind", "margin", "margin_reason", "protocol", "needs", "seeds",
    ];

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">One line for each bad cell: file, line, column and what was expected.</exception>
    public static IReadOnlyList<Claim> Read(string path)
    {
        CsvSheet sheet = CsvSheet.Read(path, Columns);
        List<Claim> claims = [.. sheet.Rows.Select(Row)];
        Dictionary<string, long> lines = [];
        for (int i = 0; i < claims.Count; i++)
        {
            if (!lines.TryAdd(claims[i].Id, sheet.Rows[i].Line))
            {
                sheet.Rows[i].Problem("id", FormattableString.Invariant($"'{claims[i].Id}' stands in line {lines[claims[i].Id]} already; an id of its own was expected"));
            }

            if (claims[i].Replication != claims[0].Replication)
            {
                sheet.Rows[i].Problem("id", $"'{claims[i].Id}'; an id of {claims[0].Replication}, as in the first row, was expected");
            }
        }

        sheet.ThrowIfBad();
        return claims;
    }

    /// <summary>Reads every <c>replications/*/claims.csv</c>, folders in alphabetical order.</summary>
    /// <param name="root">Root of the suite.</param>
    /// <exception cref="InvalidDataException">A file is bad, or a folder's ids do not carry its name.</exception>
    public static IReadOnlyList<Claim> ReadAll(string root) => [.. Folders(root).SelectMany(ReadFolder)];

    /// <summary>The folders of replications, in alphabetical order: those with claims or with a program, so that neither is overlooked for want of the other.</summary>
    /// <param name="root">Root of the suite.</param>
    public static IReadOnlyList<string> Folders(string root)
    {
        string replications = Path.Combine(root, "replications");
        return Directory.Exists(replications)
            ? [.. Directory.GetDirectories(replications).Where(d => File.Exists(Path.Combine(d, Name)) || Directory.EnumerateFiles(d, "*.csproj").Any()).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Reads the claims of one replication's folder, whose name the ids must carry.</summary>
    /// <param name="folder">The folder, for example <c>replications/PlanarFlows</c>.</param>
    /// <returns>The claims; none where the file has its header alone, which says that no published number is asked of this paper.</returns>
    /// <exception cref="InvalidDataException">The file is bad or not there, or the ids belong to another folder.</exception>
    public static IReadOnlyList<Claim> ReadFolder(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: no such file; one with the header alone says that nothing is claimed");
        }

        IReadOnlyList<Claim> claims = Read(path);
        string expected = Path.GetFileName(folder).ToLowerInvariant();
        return claims.Count == 0 || claims[0].Replication.Replace("-", "", StringComparison.Ordinal) == expected
            ? [.. claims.Select(c => c with { Folder = Path.GetFileName(folder) })]
            : throw new InvalidDataException($"{path}:2, column id: '{claims[0].Id}'; an id that begins with '{expected}/' was expected");
    }

    private static Claim Row(CsvCells cells)
    {
        string id = cells.Text("id");
        if (!IdForm().IsMatch(id))
        {
            cells.Problem("id", $"'{id}'; replication/name in lower case with digits and dashes was expected");
        }

        string experiment = cells.Text("experiment");
        if (!NameForm().IsMatch(experiment))
        {
            cells.Problem("experiment", $"'{experiment}'; a name in lower case with digits and dashes was expected");
        }

        string source = cells.Text("source");
        if (source.Length > 0 && !(Uri.TryCreate(source, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps))
        {
            cells.Problem("source", $"'{source}'; an address that begins with https://, or nothing, was expected");
        }

        string evidence = cells.Choice("evidence", [.. Enum.GetValues<Evidence>().Select(EvidenceWords.Text)]);
        double? uncertainty = cells.Text("uncertainty").Length == 0 ? null : cells.Positive("uncertainty");
        string kind = cells.Text("uncertainty_kind");
        if (uncertainty is null != (kind.Length == 0))
        {
            cells.Problem("uncertainty_kind", uncertainty is null
                ? $"'{kind}'; nothing was expected, since uncertainty is empty"
                : "empty; what the uncertainty is over was expected");
        }

        return new Claim
        {
            Id = id,
            Experiment = experiment,
            Paper = cells.Required("paper"),
            Table = cells.Required("table"),
            Source = source,
            Evidence = Enum.GetValues<Evidence>().FirstOrDefault(e => e.Text() == evidence),
            Dataset = cells.Required("dataset"),
            Model = cells.Required("model"),
            Metric = cells.Required("metric"),
            Split = cells.Choice("split", "train", "valid", "test"),
            Checkpoint = cells.Choice("checkpoint", "last", "selected"),
            Unit = cells.Required("unit"),
            Direction = cells.Choice("direction", "lower", "higher") == "higher" ? Direction.Higher : Direction.Lower,
            Published = cells.Number("published"),
            Uncertainty = uncertainty,
            UncertaintyKind = kind,
            Margin = cells.Positive("margin"),
            MarginReason = cells.Required("margin_reason"),
            Protocol = cells.Required("protocol"),
            Needs = cells.Choice("needs", "cpu", "gpu"),
            Seeds = cells.Whole("seeds", 1, 1000),
        };
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdForm();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex NameForm();
}
