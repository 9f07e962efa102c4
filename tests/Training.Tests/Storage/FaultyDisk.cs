using Replications.Training.Storage;

namespace Replications.Training.Tests.Storage;

/// <summary>
/// A disk that fails from a given change on, as a full disk or a killed process does: the change it fails at happens not at
/// all or, for a write, by half, and nothing after it happens either.
/// </summary>
internal sealed class FaultyDisk(int changesThatWork, int error = FaultyDisk.NoSpaceLeft) : Disk
{
    public const int NoSpaceLeft = 28;

    /// <summary>Changes asked for so far.</summary>
    public int Changes { get; private set; }

    /// <summary>True once a change was refused.</summary>
    public bool Failed => Changes > changesThatWork;

    /// <summary>Refuses deletions alone.</summary>
    public bool OnlyDeletions { get; init; }

    public override Stream Create(string path)
    {
        Change();
        return new FaultyStream(this, base.Create(path));
    }

    public override void Sync(Stream stream)
    {
        Change();
    }

    public override void SyncFolder(string folder)
    {
        Change();
    }

    public override void RenameFile(string from, string to)
    {
        Change();
        base.RenameFile(from, to);
    }

    public override void RenameFolder(string from, string to)
    {
        Change();
        base.RenameFolder(from, to);
    }

    public override void MakeFolder(string folder)
    {
        Change();
        base.MakeFolder(folder);
    }

    public override void DeleteFile(string path)
    {
        Change(deletion: true);
        base.DeleteFile(path);
    }

    public override void DeleteFolder(string folder)
    {
        Change(deletion: true);
        base.DeleteFolder(folder);
    }

    private void Change(bool deletion = false)
    {
        if (OnlyDeletions && !deletion)
            return;
        Changes++;
        if (Failed)
            throw new IOException("No space left on device", error);
    }

    private sealed class FaultyStream(FaultyDisk disk, Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                disk.Change();
            }
            catch (IOException)
            {
                inner.Write(buffer[..(buffer.Length / 2)]);
                throw;
            }

            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
