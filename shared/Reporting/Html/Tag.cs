using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Replications.Reporting.Html;

/// <summary>Builds elements. All text goes through here or through attributes made here, and is encoded when written.</summary>
internal static class Tag
{
    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "link", "meta"];

    /// <summary>An element: <c>Of("td.num", …)</c> is a <c>td</c> of class <c>num</c>. Content: text, attributes, elements, sequences of them; null is nothing.</summary>
    public static XElement Of(string name, params object?[] content)
    {
        string[] parts = name.Split('.');
        var element = new XElement(parts[0]);
        if (parts.Length > 1)
            element.SetAttributeValue("class", string.Join(' ', parts[1..]));
        foreach (object? part in content)
            Add(element, part);
        // Only void elements may close themselves in HTML.
        if (element.IsEmpty && !Void.Contains(parts[0]))
            element.Add("");
        return element;
    }

    /// <summary>An attribute.</summary>
    public static XAttribute Is(string name, string value) => new(name, Clean(value));

    /// <summary>Characters that XML cannot carry (a terminal's escapes in an error message) become the replacement character.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append('\ufffd');
        }

        return clean.ToString();
    }

    private static void Add(XElement element, object? content)
    {
        switch (content)
        {
            case null:
                break;
            case string text:
                element.Add(Clean(text));
                break;
            case XObject node:
                element.Add(node);
                break;
            case IEnumerable<object?> several:
                foreach (object? one in several)
                    Add(element, one);
                break;
            default:
                throw new ArgumentException($"cannot write a {content.GetType().Name} into HTML", nameof(content));
        }
    }
}
