using System.Globalization;
using Replications.Datasets.Registry;
using Replications.Datasets.Sources;
using Xunit.Abstractions;

namespace Replications.Datasets.Tests.Registry;

/// <summary>The registry against the real files.</summary>
public sealed class RealDataTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [RealData("mnist")]
    [RealData("mnist-50k")]
    [RealData("mnist-dynamic")]
    [RealData("mnist-binarized")]
    [RealData("fashion-mnist")]
    [RealData("cifar10")]
    [RealData("uci-adult")]
    [RealData("uci-connect4")]
    [RealData("uci-dna")]
    [RealData("uci-mushrooms")]
    [RealData("uci-nips")]
    [RealData("uci-ocr-letters")]
    [RealData("uci-web")]
    [RealData("caltech101-silhouettes")]
    [RealData("omniglot28")]
    [RealData("freyfaces")]
    [RealData("bsds300-gray")]
    [RealData("redwine")]
    public void Hashes_means_ranges_and_disjointness_hold(string id, string absent)
    {
        Assert.Empty(absent);
        DataSetEntry entry = Catalogue.Find(id);
        IReadOnlyList<SplitBytes> splits = SplitReading.Read(entry, Acquisition(entry), CancellationToken.None);
        Assert.Equal(entry.Splits, splits.Select(s => s.Entry));
        foreach (SplitBytes split in splits)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id} {split.Entry.Split} {split.Entry.Count} {split.Sha256}"));
            Assert.Equal(split.Sha256, Samples.Sha256(split.Examples));
            if (split.Entry.Count == split.Entry.Examples.Shape[0])
                Assert.Equal(split.Entry.Examples.Sha256, split.Sha256);
        }
    }

    [Theory]
    [RealData("mnist")]
    [RealData("mnist-binarized")]
    [RealData("fashion-mnist")]
    [RealData("cifar10")]
    [RealData("uci-adult")]
    [RealData("uci-connect4")]
    [RealData("uci-dna")]
    [RealData("uci-mushrooms")]
    [RealData("uci-nips")]
    [RealData("uci-ocr-letters")]
    [RealData("uci-web")]
    public void Every_copy_on_this_machine_decodes_to_the_same_bytes(string id, string absent)
    {
        Assert.Empty(absent);
        DataCache downloads = new(new DataOptions().Cache);
        int tried = 0;
        foreach (DataFile file in Catalogue.Find(id).Files)
        {
            foreach (Source source in file.Sources.Where(s => s.Decoder is not null))
            {
                string?[] copies = [downloads.Download(file.Family, source), RealData.Mirror is null ? null : Datasets.Sources.Acquisition.InMirror(file, source, RealData.Mirror)];
                foreach (string copy in copies.Where(File.Exists)!)
                {
                    Assert.Null(file.Problem(source.Decoder!.Decode(copy, file)));
                    output.WriteLine($"{file.Name}: {source}: {copy}");
                    tried++;
                }
            }
        }

        Assert.NotEqual(0, tried);
    }

    /// <summary>The mirror alone, decoded afresh, where it has the files; else what the cache keeps.</summary>
    private Acquisition Acquisition(DataSetEntry entry) =>
        new(new DataCache(RealData.Mirrored(entry) ? _cache.Path : new DataOptions().Cache), RealData.Mirror, new Dictionary<Origin, IFetcher>(), output.WriteLine);
}
