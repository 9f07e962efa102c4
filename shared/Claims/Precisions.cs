namespace Replications.Claims;

/// <summary>Arithmetic of the products of updates, as options and records name it.</summary>
public static class Precisions
{
    /// <summary>The default.</summary>
    public const string Float32 = "float32";

    /// <summary>Factors rounded to bfloat16, sums in float32.</summary>
    public const string BFloat16 = "bfloat16";

    /// <summary>Both, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Float32, BFloat16];
}
