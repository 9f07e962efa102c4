using System.Security.Cryptography;

namespace Replications.Training.Storage;

/// <summary>Passes writes on and hashes them on the way. Small writes are gathered, so that the disk sees few.</summary>
/// <param name="inner">Receives the bytes; not disposed.</param>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _gathered = new byte[1 << 16];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        if (buffer.Length > _gathered.Length - _count)
            Pass();
        if (buffer.Length > _gathered.Length)
        {
            inner.Write(buffer);
            return;
        }

        buffer.CopyTo(_gathered.AsSpan(_count));
        _count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => Pass();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>SHA-256 of all written so far, lower-case hexadecimal.</summary>
    internal string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Pass()
    {
        if (_count == 0)
            return;
        inner.Write(_gathered.AsSpan(0, _count));
        _count = 0;
    }
}
