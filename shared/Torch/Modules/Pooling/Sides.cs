namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        private static long[]? Both(long? side) => side is { } s ? [s, s] : null;

        private static long[]? Both((long, long)? sides) => sides is { } s ? [s.Item1, s.Item2] : null;
    }
}
