using System.Xml.Linq;

namespace Replications.Reporting.Html.Sections;

/// <summary>What stands beside the report.</summary>
internal static class FooterSection
{
    /// <summary>The element.</summary>
    public static XElement Element() => Tag.Of(
        "footer",
        Tag.Of("p", "This file is complete in itself and loads nothing. The same numbers are in ", Tag.Of("code", "summary.csv"), "; the charts' data and Vega-Lite specifications are in ", Tag.Of("code", "charts/"), "."));
}
