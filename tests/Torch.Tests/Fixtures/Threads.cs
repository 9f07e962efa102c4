using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fixtures;

/// <summary>Threads of one operator until it is disposed of.</summary>
internal sealed class Threads : IDisposable
{
    private readonly int _before = get_num_threads();

    public Threads(int count) => set_num_threads(count);

    public void Dispose() => set_num_threads(_before);
}
