using System.Xml;
using System.Xml.Linq;

namespace Replications.Reporting.Html;

/// <summary>Text written as it is: style sheets, scripts, pictures that this program made. Nothing from outside may come here.</summary>
/// <param name="text">The text.</param>
internal sealed class RawText(string text) : XText(text)
{
    /// <inheritdoc/>
    public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);

    /// <summary>A script's text that cannot end its element.</summary>
    public static RawText Script(string script) =>
        new(script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal));
}
