using System.Globalization;
using Replications.Claims;

namespace Replications.Reporting;

/// <summary>Numbers as people read them: invariant, a real minus sign, as many digits as the margin makes meaningful.</summary>
internal static class Numbers
{
    /// <summary>A measured value: one digit beyond the first digit of the margin, two at least.</summary>
    /// <param name="value">The value.</param>
    /// <param name="margin">Margin in the same unit; 0 or less gives four digits.</param>
    public static string Measured(double value, double margin) =>
        Fixed(value, margin > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(margin)), 2, 6) : 4);

    /// <summary>What a paper printed: the value, its uncertainty where there is one, and how it is known where it was not read there.</summary>
    public static string Published(Claim claim) =>
        Published(claim.Published) + (claim.Uncertainty is { } u ? " ± " + Published(u) : "") + claim.Evidence.Note();

    /// <summary>A published value: all its digits, two decimals at least, as tables of papers print them.</summary>
    public static string Published(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int point = shortest.IndexOf('.', StringComparison.Ordinal);
        int decimals = shortest.Contains('E', StringComparison.Ordinal) || point < 0 ? 0 : shortest.Length - point - 1;
        return Fixed(value, Math.Max(2, decimals));
    }

    /// <summary>A number without a margin to go by: six digits.</summary>
    public static string Plain(double value) => Minus(value.ToString("G6", CultureInfo.InvariantCulture));

    /// <summary>A count with thin spaces between thousands.</summary>
    public static string Count(long value) =>
        Minus(value.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "\u202f", StringComparison.Ordinal));

    /// <summary>A span of time in the one or two units that matter.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0)
            return "unknown";
        if (seconds < 10)
            return Text($"{seconds:0.0} s");
        long whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 60 => Text($"{whole} s"),
            < 3600 => Text($"{whole / 60} min {whole % 60} s"),
            < 86400 => Text($"{whole / 3600} h {whole % 3600 / 60} min"),
            _ => Text($"{whole / 86400} d {whole % 86400 / 3600} h"),
        };
    }

    /// <summary>Bytes in binary units.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1L << 20 => Text($"{bytes / 1024.0:0} KiB"),
        < 1L << 30 => Text($"{bytes / 1048576.0:0} MiB"),
        _ => Text($"{bytes / 1073741824.0:0.0} GiB"),
    };

    /// <summary>A moment, UTC, to the minute.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Fixed(double value, int decimals) =>
        Minus(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Minus(string number) => number.Replace('-', '−');

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
