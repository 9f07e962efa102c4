namespace Replications.Datasets.Formats;

/// <summary>Reads of exact length, with errors that name the file.</summary>
internal static class BoundedReading
{
    /// <summary>Fills <paramref name="buffer"/> or says that the file ends too early.</summary>
    public static void Fill(this Stream stream, Span<byte> buffer, string file, string what)
    {
        int got = Guarded(stream, buffer, file);
        if (got < buffer.Length)
            throw new DataException(file, FormattableString.Invariant($"truncated: {what} wants {buffer.Length} bytes, {got} are left"));
    }

    /// <summary>Refuses bytes after the last one expected.</summary>
    public static void RequireEnd(this Stream stream, string file, string what)
    {
        if (Guarded(stream, stackalloc byte[1], file) != 0)
            throw new DataException(file, $"oversized: bytes follow {what}");
    }

    /// <summary>Reads to the end, at most <paramref name="limit"/> bytes.</summary>
    public static byte[] ReadAtMost(this Stream stream, long limit, string file)
    {
        using MemoryStream all = new();
        byte[] block = new byte[1 << 16];
        while (true)
        {
            int got = Guarded(stream, block, file);
            if (all.Length + got > Math.Min(limit, Array.MaxLength))
                throw new DataException(file, FormattableString.Invariant($"oversized: more than the {limit} bytes expected"));
            all.Write(block, 0, got);
            if (got < block.Length)
                return all.ToArray();
        }
    }

    /// <summary>Decompressors report damage as <see cref="InvalidDataException"/>; here it gets the file's name.</summary>
    private static int Guarded(Stream stream, Span<byte> buffer, string file)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DataException(file, $"damaged or truncated: {e.Message}", e);
        }
    }
}
