using System.Security.Cryptography;

namespace Replications.Datasets.Sources;

/// <summary>A published checksum, as its publisher writes it: <c>sha256:hex</c>, or npm's <c>sha512-base64</c>.</summary>
internal static class Integrity
{
    /// <summary>Says how a file differs from its checksum.</summary>
    /// <returns>A sentence, or null when it is right or none is published.</returns>
    public static string? Problem(string path, string integrity)
    {
        if (integrity.Length == 0)
            return null;
        using FileStream stream = File.OpenRead(path);
        string found = integrity switch
        {
            _ when integrity.StartsWith("sha256:", StringComparison.Ordinal) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream)),
            _ when integrity.StartsWith("sha512-", StringComparison.Ordinal) => "sha512-" + Convert.ToBase64String(SHA512.HashData(stream)),
            _ => throw new ArgumentException($"checksum '{integrity}' is of no known kind", nameof(integrity)),
        };
        return found == integrity ? null : $"its checksum is {found}, the publisher's is {integrity}";
    }
}
