namespace Replications.Claims;

/// <summary>How the published value is known here.</summary>
public enum Evidence
{
    /// <summary>Read in the paper itself.</summary>
    Read,

    /// <summary>As another publication quotes it; the paper was not read.</summary>
    Quoted,

    /// <summary>Neither read nor found quoted: it may be wrong.</summary>
    Unconfirmed,

    /// <summary>Not published: computed for this suite by another program.</summary>
    Own,
}

/// <summary>How evidence is written.</summary>
public static class EvidenceWords
{
    /// <summary>The evidence as <c>claims.csv</c> and <c>summary.csv</c> have it.</summary>
    /// <param name="evidence">The evidence.</param>
    public static string Text(this Evidence evidence) => evidence.ToString().ToLowerInvariant();

    /// <summary>What is said behind a published value: nothing where it was read, else the evidence in parentheses.</summary>
    /// <param name="evidence">The evidence.</param>
    public static string Note(this Evidence evidence) => evidence == Evidence.Read ? "" : $" ({evidence.Text()})";
}
