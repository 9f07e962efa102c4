using System.Globalization;

namespace Replications.Reporting.Tests.Fixtures;

/// <summary>Cultures whose decimal comma and group separators would show in a file that depends on them.</summary>
internal static class Cultures
{
    public static TheoryData<string> All => ["", "de-DE", "ru-RU"];

    public static void In(string name, Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
