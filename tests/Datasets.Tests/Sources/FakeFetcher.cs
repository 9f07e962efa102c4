using Replications.Datasets.Sources;

namespace Replications.Datasets.Tests.Sources;

/// <summary>An origin inside the test: gives the bytes it holds, or fails as told.</summary>
internal sealed class FakeFetcher(Func<Source, byte[]> content) : IFetcher
{
    public int Calls { get; private set; }

    public void Fetch(Source source, string destination, CancellationToken cancellation)
    {
        Calls++;
        File.WriteAllBytes(destination, content(source));
    }
}
