namespace Replications.Datasets.Formats;

/// <summary>CRC-32 of PNG and gzip: ISO 3309, reflected polynomial EDB88320.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Checksum of the bytes given, continuing from an earlier one.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        foreach (byte b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Entry(int index)
    {
        uint c = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            c = (c & 1) == 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        return c;
    }
}
