using System.Xml.Linq;
using Replications.Claims;

namespace Replications.Reporting.Html.Sections;

/// <summary>What each verdict, error bar and sign means.</summary>
internal static class LegendSection
{
    private static readonly (string Term, string Meaning)[] Bars =
    [
        ("training seeds", "The whole training was repeated with other seeds. The only kind that says how repeatable a result is, and the only one a verdict is given on."),
        ("test points", "One trained model, measured on a finite test set. Says nothing about another training."),
        ("metric draws", "One trained model; the estimator itself draws at random (annealed importance sampling, sample scores)."),
        ("exact", "The value cannot depend on the seed: one run is the answer."),
        ("none", "One run without any error bar."),
    ];

    private static readonly (Evidence Evidence, string Meaning)[] Sources =
    [
        (Evidence.Quoted, "The published value as another publication quotes it; the paper itself was not read."),
        (Evidence.Unconfirmed, "The published value was neither read nor found quoted: it may be wrong, so no number is judged by it."),
        (Evidence.Own, "No paper's value: computed for this suite by another program."),
    ];

    /// <summary>The element.</summary>
    public static XElement Element() => Tag.Of(
        "section",
        Tag.Is("id", "legend"),
        Tag.Of("h2", "How to read this"),
        Tag.Of(
            "div.legend",
            Tag.Of(
                "div", Tag.Of("h3", "Verdicts"),
                Tag.Of("dl", Words.WorstFirst.Reverse().SelectMany(v => new[] { Tag.Of("dt", VerdictSection.Badge(v)), Tag.Of("dd", Words.Meaning(v)) }))),
            Tag.Of(
                "div", Tag.Of("h3", "What an error bar is over"),
                Tag.Of("dl", Bars.SelectMany(b => new[] { Tag.Of("dt", b.Term), Tag.Of("dd", b.Meaning) })),
                Tag.Of("h3", "Signs"),
                Tag.Of(
                    "dl",
                    Tag.Of("dt", "↓ ↑"), Tag.Of("dd", "Lower is better; higher is better."),
                    Tag.Of("dt", "margin"), Tag.Of("dd", "The largest difference that still counts as the same number, declared with its reason before any run."),
                    Sources.SelectMany(s => new[] { Tag.Of("dt", s.Evidence.Note().Trim()), Tag.Of("dd", s.Meaning) }),
                    Tag.Of("dt", "dirty"), Tag.Of("dd", "The working tree differed from the commit when the run was made."),
                    Tag.Of("dt", "time"), Tag.Of("dd", "Wall time summed over the seeds, evaluation included.")))));
}
