using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Replications.Claims;
using Replications.Reporting.Experiments;

namespace Replications.Reporting.Html.Sections;

/// <summary>One experiment: its claims, curves, pictures, runs, recipe and data.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="curves">Its learning curves.</param>
/// <param name="problems">Receives what is lacking.</param>
internal sealed class ExperimentSection(ExperimentResult experiment, XElement? curves, ICollection<string> problems)
{
    private readonly RunRecord[] _records = [.. experiment.Runs.Select(r => r.Record).OfType<RunRecord>()];

    /// <summary>The element.</summary>
    public XElement Element() => Tag.Of(
        "article",
        Tag.Is("id", experiment.Slug),
        Tag.Of("h3", $"{experiment.Replication}/{experiment.Name} ", Tag.Of("small", experiment.Profile)),
        experiment.Rows.Count > 0
            ? Tag.Of("ul.claims", experiment.Rows.Select(Claim))
            : Tag.Of("p.unjudged", "No published number is asked of this experiment: its measurements stand for themselves, without a verdict."),
        curves ?? (_records.Length == 0 ? null : Tag.Of("p.absent", "No learning curve: no run has written an evaluation on the way.")),
        new PictureGallery(experiment, problems).Element(),
        RunTables.Runs(experiment.Runs),
        RunTables.Measurements(_records, open: experiment.Rows.Count == 0),
        Recipe(),
        RunTables.Weights(_records),
        RunTables.Data(_records));

    private static XElement Claim(VerdictRow row) => Tag.Of(
        "li", VerdictSection.Badge(row.Judgement.Verdict), " ", Tag.Of("code", row.Claim.Id), $" {row.Claim.Model}: ",
        row.Judgement.Value is { } value ? $"{Numbers.Measured(value, row.Claim.Margin)} " : "no number ",
        $"against {Numbers.Published(row.Claim)}, margin ± {Numbers.Published(row.Claim.Margin)} {row.Claim.Unit}");

    private XElement? Recipe()
    {
        if (_records.Length == 0)
            return null;
        RunRecord first = _records[0];
        bool same = _records.All(r => JsonNode.DeepEquals(r.Recipe, first.Recipe));
        return Tag.Of(
            "details",
            Tag.Of("summary", "Recipe ", Tag.Of("small", HeaderSection.Plural(first.Recipe.Count, "constant"), first.Reduced ? ", reduced against the published" : ", those of the paper profile")),
            same ? null : Tag.Of("p.absent", FormattableString.Invariant($"The seeds were run with different recipes; shown is seed {first.Seed}'s.")),
            Tag.Of("dl.recipe", first.Recipe.Select(c => Tag.Of("div", Tag.Of("dt", c.Key), Tag.Of("dd", Constant(c.Value), first.Overrides.ContainsKey(c.Key) ? Tag.Of("small", " set by hand") : null)))));
    }

    private static string Constant(JsonNode? value) => value switch
    {
        null => "none",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
