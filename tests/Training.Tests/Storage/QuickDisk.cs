using Replications.Training.Storage;

namespace Replications.Training.Tests.Storage;

/// <summary>The real disk without waiting for it: what is written does not depend on the waiting.</summary>
internal sealed class QuickDisk : Disk
{
    public override void Sync(Stream stream) => stream.Flush();

    public override void SyncFolder(string folder)
    {
    }
}
